use crate::lint::findings::Findings;
use crate::lint::quantity::Quantity;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags amounts of memory and storage that are fractions of a byte.
    ///
    /// ## Why is this bad?
    /// `m` stands for thousandths: `512m` of memory is half a byte. Megabytes are `M`, mebibytes `Mi`. A container with
    /// such a limit is killed as it starts.
    ///
    /// ## Fields
    /// `memory` and `ephemeral-storage` among `resources.requests` and `resources.limits` of containers and init
    /// containers.
    ///
    /// ## Allowed values
    /// Whole bytes.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resources: {limits: {memory: 512m}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resources: {limits: {memory: 512Mi}}
    /// ```
    MEMORY_IN_FRACTIONS = {
        id: "memory-in-fractions",
        category: Practice,
        severity: Warning,
        covers: ["SRV-15"],
        look: Container(Containers::Scheduled, memory_in_fractions),
    }
}

fn memory_in_fractions(container: &Container<'_>, findings: &mut Findings<'_>) {
    for side in ["requests", "limits"] {
        for resource in ["memory", "ephemeral-storage"] {
            let field = ["resources", side, resource];
            // Others cannot come to a fraction, or are none.
            let may_be_fraction = |text: &&str| text.contains(['m', 'u', 'n', '.', 'e']);
            let Some(text) = container.node.text_at(&field).filter(may_be_fraction) else { continue };
            if Quantity::parse(text).is_some_and(|amount| !amount.is_whole()) {
                findings
                    .report(container.path(&field), format!("`{text}` is a fraction of a byte"))
                    .help("write `M` or `Mi` for millions of bytes");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MEMORY_IN_FRACTIONS;
    use crate::lint::testing::messages;

    #[test]
    fn what_comes_to_whole_bytes_is_fine() {
        for (amount, count) in
            [("512m", 1), ("2000m", 0), ("1500u", 1), ("0.5Gi", 0), ("128974848", 0), ("1e3", 0)]
        {
            let yaml = format!(
                "kind: Pod\nspec: {{containers: [{{name: a, resources: {{requests: {{memory: '{amount}'}}}}}}]}}"
            );
            assert_eq!(messages(&MEMORY_IN_FRACTIONS, &yaml).len(), count, "{amount}");
        }
    }
}
