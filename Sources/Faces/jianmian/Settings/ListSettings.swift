import ArgumentParser

/// `jianmian settings`: the table of settings as Markdown.
struct ListSettings: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "Print the table of settings, as it stands in docs/operating.md.")

    func run() { print(Setting.markdown, terminator: "") }
}
