//! The backup runs once, and what it wrote gives the same reports.

use std::time::Instant;

use anyhow::Context as _;
use serde_json::json;

use super::environment::Environment;
use crate::console::time;
use crate::figures::Figures;

/// All that reports are made from, as one word.
const CONTENT: &str = "SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (\
    SELECT 'user ' || users::text AS line FROM users UNION ALL SELECT 'token ' || tokens::text FROM tokens) AS lines";

/// Runs the cron job's Job, and restores its dump into another database of the server.
pub(super) fn check(dev: &Environment<'_>, figures: &mut Figures) -> anyhow::Result<()> {
    let cron = dev.of_kind("CronJob").next().context("dev has no backup")?;
    let from = format!("--from=cronjob/{}", super::environment::name(cron));
    let begun = Instant::now();
    dev.text(&["create", "job", "e2e-backup", &from])?;
    dev.text(&["wait", "job/e2e-backup", "--for=condition=Complete", "--timeout=120s"])?;
    let size = dev.text(&["logs", "job/e2e-backup"])?;
    let size =
        size.lines().find(|line| line.contains(".dump")).and_then(|line| line.split_whitespace().nth(4));
    figures.check(
        "the backup cron job's Job",
        format!("{} bytes, {}", size.unwrap_or("no"), time(begun.elapsed())),
        size.is_some(),
    );

    // The same Pod, with the same rights and paths, does the restore.
    let mut job = json!({
        "apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "e2e-restore"},
        "spec": cron["spec"]["jobTemplate"]["spec"],
    });
    job["spec"]["template"]["spec"]["containers"][0]["args"] = json!([
        "dump=$(ls -1 /backup/*.dump | tail -n 1)\ncreatedb restored\npg_restore --exit-on-error --no-owner --dbname=restored \"$dump\""
    ]);
    let begun = Instant::now();
    dev.says(&["create", "--filename=-"], &job.to_string())?;
    dev.text(&["wait", "job/e2e-restore", "--for=condition=Complete", "--timeout=120s"])?;
    let (original, restored) = (dev.sql("coworking", CONTENT)?, dev.sql("restored", CONTENT)?);
    figures.check(
        "its dump restores to equal reports",
        time(begun.elapsed()),
        !original.is_empty() && original == restored,
    );
    dev.sql("postgres", "DROP DATABASE restored")?;
    dev.text(&["delete", "job", "e2e-backup", "e2e-restore", "--wait=false"]).map(drop)
}
