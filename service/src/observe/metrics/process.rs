//! What the system knows of this process: `/proc/self`, proc(5).

use std::fs;
use std::time::SystemTime;

use rustix::param::{clock_ticks_per_second, page_size};
use rustix::process::{Resource, getrlimit};

/// What the system knows of this process.
#[derive(Debug)]
pub(super) struct Process {
    pub(super) cpu_seconds: f64,
    pub(super) resident_bytes: f64,
    pub(super) descriptors: f64,
    pub(super) most_descriptors: f64,
    pub(super) threads: f64,
    pub(super) start_seconds: f64,
}

impl Process {
    /// How it is now; nothing where there is no `/proc`.
    pub(super) fn now() -> Option<Process> {
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        // The name in brackets may hold anything; what follows is numbers, from field 3 on.
        let (_, fields) = stat.rsplit_once(')')?;
        let fields: Vec<&str> = fields.split_whitespace().collect();
        let field = |number: usize| fields.get(number - 3)?.parse::<f64>().ok();
        let ticks = clock_ticks_per_second() as f64;
        let uptime = fs::read_to_string("/proc/uptime").ok()?;
        let uptime: f64 = uptime.split_whitespace().next()?.parse().ok()?;
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs_f64();
        Some(Process {
            cpu_seconds: (field(14)? + field(15)?) / ticks,
            threads: field(20)?,
            start_seconds: now - uptime + field(22)? / ticks,
            resident_bytes: field(24)? * page_size() as f64,
            // One of them lists the others.
            descriptors: fs::read_dir("/proc/self/fd").ok()?.count().saturating_sub(1) as f64,
            most_descriptors: getrlimit(Resource::Nofile).current.map_or(f64::INFINITY, |limit| limit as f64),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_this_process() {
        let process = Process::now().unwrap();
        assert!((1e6..1e10).contains(&process.resident_bytes), "{process:?}");
        assert!(process.threads >= 1.0 && process.descriptors >= 3.0, "{process:?}");
        assert!(process.descriptors <= process.most_descriptors, "{process:?}");
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs_f64();
        assert!((now - 3600.0..=now + 1.0).contains(&process.start_seconds), "{process:?} {now}");
    }
}
