use crate::program::Project;

#[test]
fn every_shell_completes_commands_and_environments() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = Project::new().run(&["completions", shell]).succeeds();
        assert!(script.contains("explain"), "{shell}: {script}");
        if shell != "elvish" && shell != "powershell" {
            assert!(script.contains("staging"), "{shell}: {script}");
        }
        if shell != "elvish" && shell != "powershell" {
            assert!(script.contains("unused-config-key"), "{shell} names no rule");
        }
    }
    Project::new().run(&["completions", "cmd"]).fails(2, "possible values: bash");
}
