print("jianmian")
