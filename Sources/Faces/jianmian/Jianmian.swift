import ArgumentParser

/// The program: one subcommand per duty, one file each.
@main
struct Jianmian: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jianmian",
        abstract: "见面 Jianmian, a videophone carrier in one program.",
        version: Version.text,
        subcommands: [
            Serve.self, Doctor.self, Verify.self, StaffCommand.self, VaultCommand.self, DemoCommand.self, ClausesCommand.self,
            JobsCommand.self, BillCommand.self, ListSettings.self,
        ])
}

/// What this build calls itself.
enum Version {
    static let text = "0.1.0"
}
