use crate::program::Project;

#[test]
fn an_unknown_key_names_the_nearest_in_each_layer() {
    let project = Project::new();
    let render = ["render", "prod", "--stdout"];
    project
        .run_with(("INFRAGEN_VERSON", "1.2.3"), &render)
        .fails(2, "error: variable INFRAGEN_VERSON: unknown key `verson`: did you mean `version`?\n");
    project
        .run(&["render", "prod", "--set", "acount=111122223333"])
        .fails(2, "error: --set: unknown key `acount`: did you mean `account`?\n");
    project.file("infragen.toml", "[image.coworking-analytics]\ntag = '1'\n");
    project.run(&render).fails(2, "error: infragen.toml:1: unknown key `image`: did you mean `images`?\n");
    project.file("infragen.toml", "version = 1.2.3\n");
    project.run(&render).fails(2, "error: `infragen.toml` is no TOML: ");
}

#[test]
fn a_wrong_value_names_its_key_and_provider() {
    let project = Project::new();
    project
        .run(&["render", "prod", "--set", "account=1234"])
        .fails(2, "error: --set: `account`: `1234` is no AWS account: ");
    project.run(&["render", "prod", "--set", "version"]).fails(2, "--set takes key=value");
    assert!(!project.path().join("generated").exists());
}

#[test]
fn what_looks_like_a_number_stays_text() {
    let project = Project::new();
    for tag in ["1e3", "007", "true", "0x10"] {
        let set = format!("images.coworking-analytics.tag={tag}");
        let set = project.run(&["render", "prod", "--stdout", "--set", &set]).output;
        assert!(set.contains(&format!("/coworking-analytics:{tag}\n")), "{tag}");
        let variable = ("INFRAGEN_IMAGES__COWORKING_ANALYTICS__TAG", tag);
        assert_eq!(project.run_with(variable, &["render", "prod", "--stdout"]).output, set, "{tag}");
        let table = format!("{{coworking-analytics={{tag=\"{tag}\"}}}}");
        let table = ("INFRAGEN_IMAGES", table.as_str());
        assert_eq!(project.run_with(table, &["render", "prod", "--stdout"]).output, set, "{tag}");
    }
    let account = project.run(&["render", "prod", "--stdout", "--set", "account=012345678901"]).output;
    assert!(account.contains("image: 012345678901.dkr.ecr."), "{account}");
}

#[test]
fn the_file_is_found_from_below() {
    let project = Project::new();
    project.file("infragen.toml", "version = '8.8.8'");
    project.file("src/file", "");
    let run = crate::program::command(&project.path().join("src"), &["render", "prod", "--stdout"])
        .output()
        .unwrap();
    assert!(String::from_utf8(run.stdout).unwrap().contains("/coworking-analytics:8.8.8\n"));
}
