//! What processes cost: memory and processor time, as Linux counts them.

use std::fs;

/// Proportional set size of these processes together, in bytes.
pub(super) fn memory(processes: &[u32]) -> u64 {
    let of_one = |id: &u32| {
        let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
        let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
        kibibytes.unwrap_or(0) * 1024
    };
    processes.iter().map(of_one).sum()
}

/// Processor time of these processes together, in seconds.
pub(super) fn processor(processes: &[u32]) -> f64 {
    let ticks_a_second = rustix::param::clock_ticks_per_second() as f64;
    let of_one = |id: &u32| {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        // The name stands in brackets, and may hold blanks; utime and stime are the 14th and 15th field.
        let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        rest.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>()
    };
    processes.iter().map(of_one).sum::<f64>() / ticks_a_second
}
