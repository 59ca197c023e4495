use crate::program::Project;

const COMMANDS: [&str; 7] = ["list", "render", "explain", "rules", "secret", "schema", "completions"];

#[test]
fn every_command_has_a_line_in_the_help_and_examples_of_its_own() {
    let project = Project::new();
    let help = project.run(&["--help"]).succeeds();
    for command in COMMANDS {
        assert!(help.contains(&format!("\n  {command} ")), "{command} in\n{help}");
        let own = project.run(&[command, "--help"]).succeeds();
        assert!(own.contains("Examples:") || own.contains("bash:"), "{own}");
        assert!(own.contains(&format!("infragen {command}")), "{own}");
    }
    assert!(help.contains("Exit codes:\n  0  "), "{help}");
}

#[test]
fn what_is_no_command_is_a_usage_error() {
    let project = Project::new();
    project.run(&["rendr"]).fails(2, "a similar subcommand exists: 'render'");
    project.run(&["render"]).fails(2, "<ENVIRONMENT>");
    project.run(&["render", "prod", "--all"]).fails(2, "cannot be used with");
    project.run(&["render", "prod", "--check", "--stdout"]).fails(2, "cannot be used with");
    project.run(&["render", "prod", "--out", "x", "--stdout"]).fails(2, "cannot be used with");
    project.run(&[]).fails(2, "Usage: infragen <COMMAND>");
}
