//! `infragen render --check`: is what is committed what a fresh render gives?

use std::path::Path;

use super::super::console::Console;
use super::super::exit::Exit;
use super::super::project::Project;
use super::super::session::Session;
use super::super::words::counted;
use super::{Render, name, warnings};
use crate::emit::{self, Difference};
use crate::lint::CheckedBundle;
use crate::report;

impl Render {
    pub(super) fn check(
        &self,
        bundles: &[CheckedBundle],
        project: &Project,
        session: &mut Session<'_>,
    ) -> anyhow::Result<Exit> {
        let mut stale = Vec::new();
        let mut advice = String::new();
        for bundle in bundles {
            let name = name(bundle);
            let folder = project.folder(self.out.as_deref(), name);
            let shown = project.shown(&folder);
            let differences = emit::differences(&emit::plan(bundle, self.format.into()), &folder)?;
            if differences.is_empty() {
                session.console.print(&format!("{name}: {shown} is up to date{}\n", warnings(bundle)))?;
                continue;
            }
            stale.push(name);
            if differences.iter().all(|difference| difference.before.is_none()) {
                advice += &format!("{name}: {shown} has yet to be rendered\n");
                continue;
            }
            session.console.print(&diffs(&differences, project.below_root(&folder)))?;
            let verb = if differences.len() == 1 { "differs" } else { "differ" };
            let files = counted(differences.len(), "file");
            advice += &format!("{name}: {files} in {shown} {verb} from what a fresh render gives\n");
        }
        if stale.is_empty() {
            return Ok(Exit::Clean);
        }
        session.console.tell(&format!("{advice}mend it with: {}\n", self.command(&stale)));
        Ok(Exit::Diagnostics)
    }
}

fn diffs(differences: &[Difference], folder: &Path) -> String {
    let text =
        |bytes: &Option<Vec<u8>>| bytes.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let shown = differences.iter().map(|difference| {
        let path = folder.join(&difference.path).display().to_string();
        // The diff puts `a/` and `b/` in front.
        let path = path.trim_start_matches('/');
        let (before, after) = (text(&difference.before), text(&difference.after));
        report::diff(path, before.as_deref(), after.as_deref(), Console::colors_results())
    });
    shown.collect()
}
