use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags Jobs that stay when they have finished.
    ///
    /// ## Why is this bad?
    /// Each leaves its Pods and their logs on record for ever; the API server lists them all, and a namespace full of
    /// dead Pods hides the living.
    ///
    /// ## Fields
    /// `spec.ttlSecondsAfterFinished` of Jobs. CronJobs, Argo and Helm remove theirs otherwise.
    ///
    /// ## Allowed values
    /// Any number of seconds.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: migrate}
    /// spec: {template: {spec: {restartPolicy: Never}}}
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: migrate}
    /// spec: {ttlSecondsAfterFinished: 86400, template: {spec: {restartPolicy: Never}}}
    /// ```
    JOB_NEVER_REMOVED = {
        id: "job-never-removed",
        category: Practice,
        severity: Warning,
        covers: ["JOB-01"],
        look: Object(&["Job"], job_never_removed),
    }
}

fn job_never_removed(object: &Object<'_>, findings: &mut Findings<'_>) {
    let is_removed = object.annotations().any(|(name, _)| HOOKS.contains(&name));
    if object.at(&["spec", "ttlSecondsAfterFinished"]).is_none() && !is_removed {
        findings
            .report(object.path(&["spec", "ttlSecondsAfterFinished"]), "the Job stays when it has finished")
            .help("set `ttlSecondsAfterFinished`, such as `86400` for a day");
    }
}

/// Annotations by which something else removes the Job.
const HOOKS: [&str; 3] = ["argocd.argoproj.io/hook", "helm.sh/hook", "helm.sh/hook-delete-policy"];

#[cfg(test)]
mod tests {
    use super::JOB_NEVER_REMOVED;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [("helm.sh/hook: pre-install", false), ("team: a", true)];
        for (case, expected) in cases {
            let yaml = format!("kind: Job\nmetadata: {{name: a, annotations: {{{case}}}}}");
            assert_eq!(finds(&JOB_NEVER_REMOVED, &yaml), expected, "{case}");
        }
    }
}
