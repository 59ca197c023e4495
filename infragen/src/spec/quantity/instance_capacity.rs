//! How many cores and how much memory the usual EC2 instance types have.
//!
//! Source: <https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html>, its tables of general purpose,
//! compute optimized and memory optimized types. GiB are binary.

use super::{Cpu, Memory};

/// Burstable families have one shape: size, vCPU, MiB.
const BURSTABLE: [(&str, u64, u64); 7] = [
    ("nano", 2, 512),
    ("micro", 2, 1024),
    ("small", 2, 2048),
    ("medium", 2, 4096),
    ("large", 2, 8192),
    ("xlarge", 4, 16384),
    ("2xlarge", 8, 32768),
];

/// The others have a fixed ratio: family, MiB for each vCPU, sizes; a size tells its vCPU.
const PROPORTIONAL: [(&str, u64, &[&str]); 12] = [
    ("m5", 4096, &["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"]),
    ("m6i", 4096, SIXTH_INTEL),
    ("m7i", 4096, SEVENTH_INTEL),
    ("m6g", 4096, GRAVITON),
    ("m7g", 4096, GRAVITON),
    ("c5", 2048, &["large", "xlarge", "2xlarge", "4xlarge", "9xlarge", "12xlarge", "18xlarge", "24xlarge"]),
    ("c6i", 2048, SIXTH_INTEL),
    ("c7i", 2048, SEVENTH_INTEL),
    ("c6g", 2048, GRAVITON),
    ("r5", 8192, &["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"]),
    ("r6i", 8192, SIXTH_INTEL),
    ("r6g", 8192, GRAVITON),
];

const SIXTH_INTEL: &[&str] =
    &["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "32xlarge"];
const SEVENTH_INTEL: &[&str] =
    &["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge"];
const GRAVITON: &[&str] =
    &["medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"];

/// The cores and the memory of a type, where the tables have it.
pub(super) fn of(family: &str, size: &str) -> Option<(Cpu, Memory)> {
    let (cores, mebibytes) = match family {
        "t3" | "t3a" | "t4g" => BURSTABLE
            .iter()
            .find(|(name, ..)| *name == size)
            .map(|&(_, cores, mebibytes)| (cores, mebibytes))?,
        _ => {
            let (_, ratio, sizes) = PROPORTIONAL.iter().find(|(name, ..)| *name == family)?;
            let cores = sizes.contains(&size).then(|| cores_of(size))??;
            (cores, cores * ratio)
        }
    };
    Some((Cpu::from_millicores(cores * 1000).ok()?, Memory::from_bytes(mebibytes << 20).ok()?))
}

/// A size's vCPU outside the burstable families: `xlarge` is 4, and `9xlarge` nine times that.
fn cores_of(size: &str) -> Option<u64> {
    match size {
        "medium" => Some(1),
        "large" => Some(2),
        "xlarge" => Some(4),
        _ => size.strip_suffix("xlarge")?.parse::<u64>().ok().map(|times| times * 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cpu, memory};

    #[test]
    fn knows_the_usual_types() {
        for (family, size, capacity) in [
            ("t3", "medium", (cpu!("2"), memory!("4Gi"))),
            ("t3a", "nano", (cpu!("2"), memory!("512Mi"))),
            ("t4g", "2xlarge", (cpu!("8"), memory!("32Gi"))),
            ("m5", "large", (cpu!("2"), memory!("8Gi"))),
            ("m7i", "48xlarge", (cpu!("192"), memory!("768Gi"))),
            ("m6g", "medium", (cpu!("1"), memory!("4Gi"))),
            ("c5", "9xlarge", (cpu!("36"), memory!("72Gi"))),
            ("c6i", "32xlarge", (cpu!("128"), memory!("256Gi"))),
            ("r5", "24xlarge", (cpu!("96"), memory!("768Gi"))),
            ("r6g", "16xlarge", (cpu!("64"), memory!("512Gi"))),
        ] {
            assert_eq!(of(family, size), Some(capacity), "{family}.{size}");
        }
    }

    #[test]
    fn every_size_in_the_table_has_a_capacity() {
        for (family, _, sizes) in PROPORTIONAL {
            for size in sizes {
                assert!(of(family, size).is_some(), "{family}.{size}");
            }
        }
    }

    #[test]
    fn does_not_guess() {
        assert_eq!(of("m5", "9xlarge"), None);
        assert_eq!(of("p5", "large"), None);
        assert_eq!(of("t3", "metal"), None);
    }
}
