use crate::program::Project;

const DEFINITION: &str = "\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: tills.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Till, plural: tills}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            required: [drawers]
            properties:
              drawers: {type: integer, minimum: 1}
              spare: {type: integer, default: 0}
            x-kubernetes-validations:
            - {rule: self.spare < self.drawers, message: at most one drawer less may be spare.}
";

fn till(spec: &str) -> String {
    format!(
        "apiVersion: example.com/v1\nkind: Till\nmetadata: {{name: front, namespace: shop}}\nspec: {spec}\n"
    )
}

#[test]
fn a_kind_is_checked_by_its_definition() {
    let project = Project::new();
    project.file("crds/till.yaml", DEFINITION);
    project.file("crds/other.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
    project.file("till.yaml", &till("{drawers: 2}"));
    let run = |spec: &str| {
        project.file("till.yaml", &till(spec));
        project.run(&["validate", "till.yaml", "--crds", "crds", "--output", "github"])
    };
    assert_eq!(run("{drawers: 2}").succeeds(), "");
    for (spec, expected) in [
        ("{drawrs: 2}", "`Till` has no field `spec.drawrs`%0Adid you mean `drawers`?"),
        ("{spare: 2}", "`Till` lacks the field `spec.drawers`"),
        ("{drawers: two}", "`spec.drawers` is the text `two`, not a whole number"),
        ("{drawers: 0}", "`spec.drawers` is the number `0`, not a number of at least 1"),
        ("{drawers: 2, spare: 3}", "`spec` is refused: at most one drawer less may be spare%0A"),
    ] {
        let found = run(spec);
        assert!(found.code == 1 && found.output.contains(expected), "{spec}: {}", found.output);
    }
    let run = project.run(&["validate", "till.yaml", "--output", "github"]);
    assert!(run.code == 1 && run.output.contains("`--crds`"), "{}", run.output);
}

#[test]
fn a_definition_among_the_documents_counts_too() {
    let project = Project::new();
    project.file("deploy/a.yaml", &till("{drawers: 0}"));
    project.file("deploy/b.yaml", DEFINITION);
    let run = project.run(&["validate", "deploy"]);
    assert!(run.code == 1 && run.output.contains("error[definition-limit-violated]"), "{}", run.output);
}

#[test]
fn what_is_no_definition_is_a_failure() {
    let project = Project::new();
    project.file("till.yaml", &till("{}"));
    let run = |path: &str| project.run(&["validate", "till.yaml", "--crds", path]);
    run("nowhere").fails(2, "cannot read `nowhere`");
    run("till.yaml")
        .fails(2, "`till.yaml` holds no CustomResourceDefinition, and `--crds` takes nothing else");
    project.file("crds/broken.yaml", "a: [\n");
    run("crds").fails(2, "crds/broken.yaml:2:1: ");
    project.file("crds/broken.yaml", &DEFINITION.replace("Namespaced", "Everywhere"));
    run("crds").fails(2, "crds/broken.yaml:6:10: `spec.scope`: this is neither `Namespaced` nor `Cluster`");
}
