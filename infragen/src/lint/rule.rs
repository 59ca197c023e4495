//! What a rule is: its manual, its weight, and the depth at which it looks.

use super::findings::Findings;
use super::graph::Graph;
use super::pod_security::{Control, Pod};
use super::view::{Buildspec, Container, Misfit, Object, Workload};
use super::waivers::GivenWaiver;
use crate::diagnostic::{Category, Severity};
use crate::schema::custom::Definition;

/// A rule: made by `declare_rule!`, listed in [`super::rules::ALL`].
#[derive(Debug)]
pub struct Rule {
    /// The defect, in kebab case: it reads well after "allow".
    pub id: &'static str,
    /// What it is about.
    pub category: Category,
    /// How much its findings weigh. Findings about references weigh at most a warning in documents that came from no
    /// environment, because nobody says what lives elsewhere; those of a control that is advice where no policy demands it
    /// are warnings there.
    pub severity: Severity,
    /// Whether it runs unless somebody leaves it out, or only when somebody asks for it.
    pub runs: Runs,
    /// The rows of `infragen/catalogue.yaml` that it answers.
    pub covers: &'static [&'static str],
    /// The doc comment, each line with the blank that follows the slashes.
    #[doc(hidden)]
    pub doc: &'static str,
    /// The depth at which it looks.
    pub look: Look,
}

/// When a rule runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// Unless somebody leaves it out: experts agree on it.
    ByDefault,
    /// When somebody asks for it: experts differ, or it is a policy of one's own.
    WhenAsked,
}

/// The depth at which a rule looks, and its function.
///
/// Where kinds are named, the rule sees those alone; an empty list is every kind.
#[derive(Clone, Copy, Debug)]
pub enum Look {
    /// At all documents together.
    Bundle(fn(&Graph<'_>, &mut Findings<'_>)),
    /// At each place of an object that Kubernetes' schemas do not allow.
    Schema(fn(&Misfit<'_>, &mut Findings<'_>)),
    /// At each definition of somebody's own kind, after all objects were looked at.
    Definition(fn(&Definition, &mut Findings<'_>)),
    /// At each object of these kinds.
    Object(&'static [&'static str], fn(&Object<'_>, &mut Findings<'_>)),
    /// At each Pod and each object with a Pod template, of these kinds.
    Workload(&'static [&'static str], fn(&Workload<'_>, &mut Findings<'_>)),
    /// At these containers of each workload.
    Container(Containers, fn(&Container<'_>, &mut Findings<'_>)),
    /// At each Pod and each Pod template, where the Pod Security policy in force demands it.
    Control(Control, fn(&Pod<'_>, &mut Findings<'_>)),
    /// At each buildspec.
    Buildspec(fn(&Buildspec<'_>, &mut Findings<'_>)),
    /// At each waiver, after all findings are known.
    Waiver(fn(&GivenWaiver<'_>, &mut Findings<'_>)),
}

impl Rule {
    /// The manual, in Markdown: what the rule does, why, which fields and values, and examples.
    #[must_use]
    pub fn manual(&self) -> String {
        let lines = self.doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.flat_map(|line| [line, "\n"]).collect()
    }

    /// The manual's first sentence.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.doc.lines().next().unwrap_or_default().trim()
    }
}

impl Look {
    /// The name of the depth.
    #[must_use]
    pub const fn depth(&self) -> &'static str {
        match self {
            Self::Bundle(_) => "bundle",
            Self::Schema(_) => "schema",
            Self::Definition(_) => "definition",
            Self::Object(..) => "object",
            Self::Workload(..) => "workload",
            Self::Container(..) => "container",
            Self::Control(..) => "control",
            Self::Buildspec(_) => "buildspec",
            Self::Waiver(_) => "waiver",
        }
    }
}

/// Which of a Pod's containers a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Containers {
    /// All: init containers, containers, and the ephemeral ones, which have neither resources nor probes nor ports.
    Every,
    /// Init containers and containers.
    Scheduled,
    /// Containers, and the init containers that go on running beside them.
    Lasting,
}

/// Declares a rule: its doc comment is its manual. It runs by default, unless it says `runs: WhenAsked`; `covers` names
/// the rows of the catalogue that it answers.
macro_rules! declare_rule {
    (@runs) => { $crate::lint::Runs::ByDefault };
    (@runs $runs:ident) => { $crate::lint::Runs::$runs };
    (
        $(#[doc = $line:literal])+
        $name:ident = {
            id: $id:literal,
            category: $category:ident,
            severity: $severity:ident,
            $(runs: $runs:ident,)?
            $(covers: [$($row:literal),+ $(,)?],)?
            look: $look:ident($($argument:expr),+ $(,)?) $(,)?
        }
    ) => {
        $(#[doc = $line])+
        pub static $name: $crate::lint::Rule = $crate::lint::Rule {
            id: $id,
            category: $crate::diagnostic::Category::$category,
            severity: $crate::diagnostic::Severity::$severity,
            runs: $crate::lint::rule::declare_rule!(@runs $($runs)?),
            covers: &[$($($row),+)?],
            doc: concat!($($line, "\n"),+),
            look: $crate::lint::Look::$look($($argument),+),
        };
    };
}
pub(super) use declare_rule;
