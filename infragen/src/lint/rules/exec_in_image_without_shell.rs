use crate::lint::findings::Findings;
use crate::lint::images::lacks_shell;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use crate::node::Node;

declare_rule! {
    /// Flags probes, hooks and commands by a shell in images that have none.
    ///
    /// ## Why is this bad?
    /// The kubelet cannot find the shell: the probe fails for ever, the hook fails each start, the container never
    /// runs. Distroless images, Chainguard's and Kubernetes' pause image hold a program and nothing else.
    ///
    /// ## Fields
    /// `command`, and `exec.command` of probes and hooks, of all containers whose image is known to have no shell by
    /// its name: `gcr.io/distroless/…` and `cgr.dev/chainguard/…`, unless the tag says `debug` or `dev`, and
    /// `registry.k8s.io/pause`.
    ///
    /// ## Allowed values
    /// A program that the image has; or `httpGet`, `tcpSocket`, `grpc`, `sleep`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: gcr.io/distroless/static-debian12:nonroot
    ///     livenessProbe: {exec: {command: [sh, -c, "test -e /tmp/alive"]}}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: cgr.dev/chainguard/static:20260801
    ///     command: [/bin/sh, -c, ./web]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: gcr.io/distroless/static-debian12:nonroot
    ///     lifecycle: {preStop: {sleep: {seconds: 5}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: gcr.io/distroless/static-debian12:debug
    ///     livenessProbe: {exec: {command: [sh, -c, "test -e /tmp/alive"]}}
    /// ```
    EXEC_IN_IMAGE_WITHOUT_SHELL = {
        id: "exec-in-image-without-shell",
        category: Practice,
        severity: Warning,
        covers: ["OBJ-46"],
        look: Container(Containers::Every, exec_in_image_without_shell),
    }
}

fn exec_in_image_without_shell(container: &Container<'_>, findings: &mut Findings<'_>) {
    let image = container.node.text_at(&["image"]).unwrap_or_default();
    if !lacks_shell(image) {
        return;
    }
    for command in COMMANDS {
        let first = container.at(command).and_then(|words| words.items().first()).and_then(Node::as_str);
        let Some(shell) = first.filter(|word| is_shell(word)) else { continue };
        findings
            .report(
                container.path(command),
                format!(
                    "container `{}` calls `{shell}`, and its image `{image}` has no shell",
                    container.name()
                ),
            )
            .help("name a program that the image has, or probe by `httpGet`, `tcpSocket` or `grpc`");
    }
}

const COMMANDS: [&[&str]; 6] = [
    &["command"],
    &["livenessProbe", "exec", "command"],
    &["readinessProbe", "exec", "command"],
    &["startupProbe", "exec", "command"],
    &["lifecycle", "postStart", "exec", "command"],
    &["lifecycle", "preStop", "exec", "command"],
];

fn is_shell(word: &str) -> bool {
    let name = word.rsplit('/').next().unwrap_or(word);
    matches!(name, "sh" | "bash" | "ash" | "dash" | "zsh" | "ksh")
}

#[cfg(test)]
mod tests {
    use super::EXEC_IN_IMAGE_WITHOUT_SHELL;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            (
                "image: \"gcr.io/distroless/cc:nonroot@sha256:abc\", startupProbe: {exec: {command: [/bin/bash, -c, a]}}",
                true,
            ),
            (
                "image: \"registry.k8s.io/pause:3.10\", lifecycle: {preStop: {exec: {command: [sleep, 5]}}}",
                false,
            ),
            (
                "image: \"registry.k8s.io/pause:3.10\", lifecycle: {preStop: {exec: {command: [sh, -c, sleep 5]}}}",
                true,
            ),
            ("image: \"cgr.dev/chainguard/python:latest-dev\", command: [sh]", false),
            ("image: \"cgr.dev/chainguard/bash:latest\", command: [bash]", false),
            ("image: \"gcr.io/distroless/cc\", command: [/app/sh-server]", false),
            ("image: \"example/web:1\", command: [sh]", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: Pod\nspec: {{containers: [{{name: a, {case}}}]}}");
            assert_eq!(finds(&EXEC_IN_IMAGE_WITHOUT_SHELL, &yaml), expected, "{case}");
        }
    }
}
