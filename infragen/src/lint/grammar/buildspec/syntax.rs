//! Every field of buildspec 0.2.

use super::shape::Shape::{
    Any, AnyCase, Count, Fields as These, List, Map, OnFailure, OneOrMany, Text, Truth, Version, Word,
};
use super::shape::{ANY_NUMBER, Fields, Shape};

/// The phases, in the order in which CodeBuild runs them.
pub const PHASES: [&str; 4] = ["install", "pre_build", "build", "post_build"];

/// The runtimes that CodeBuild's own images can choose a version of.
pub const RUNTIMES: [&str; 8] = ["android", "dotnet", "golang", "java", "nodejs", "php", "python", "ruby"];

const TEXTS: Shape = List(&Text, ANY_NUMBER);
const VARIABLES: Shape = Map(&Text, ANY_NUMBER);

/// The whole file.
pub(super) const BUILDSPEC: Shape = These(&Fields {
    known: &[
        ("version", Version),
        ("run-as", Text),
        ("env", These(&ENV)),
        ("proxy", These(&PROXY)),
        ("batch", These(&BATCH)),
        ("phases", These(&PHASES_FIELDS)),
        ("reports", Map(&These(&REPORT), 5)),
        ("artifacts", These(&ARTIFACTS)),
        ("cache", These(&CACHE)),
    ],
    needs: &[&["version"], &["phases"]],
});

const ENV: Fields = Fields {
    known: &[
        ("shell", Word(&["bash", "/bin/sh", "powershell.exe", "cmd.exe"])),
        ("variables", VARIABLES),
        ("parameter-store", VARIABLES),
        ("secrets-manager", VARIABLES),
        ("exported-variables", TEXTS),
        ("git-credential-helper", Truth),
    ],
    needs: &[],
};

const PROXY: Fields = Fields { known: &[("upload-artifacts", Truth), ("logs", Truth)], needs: &[] };

const PHASES_FIELDS: Fields = Fields {
    known: &[
        ("install", These(&INSTALL)),
        ("pre_build", These(&PHASE)),
        ("build", These(&PHASE)),
        ("post_build", These(&PHASE)),
    ],
    needs: &[&PHASES],
};

const INSTALL: Fields = Fields {
    known: &[
        ("run-as", Text),
        ("on-failure", OnFailure),
        ("runtime-versions", Map(&Text, ANY_NUMBER)),
        ("commands", List(&Any, ANY_NUMBER)),
        ("steps", List(&Any, ANY_NUMBER)),
        ("finally", List(&Any, ANY_NUMBER)),
    ],
    needs: &[],
};

const PHASE: Fields = Fields {
    known: &[
        ("run-as", Text),
        ("on-failure", OnFailure),
        ("commands", List(&Any, ANY_NUMBER)),
        ("steps", List(&Any, ANY_NUMBER)),
        ("finally", List(&Any, ANY_NUMBER)),
    ],
    needs: &[&["commands", "steps"]],
};

const REPORT: Fields = Fields {
    known: &[
        ("files", TEXTS),
        ("base-directory", Text),
        ("discard-paths", Truth),
        (
            "file-format",
            AnyCase(&[
                "JUNITXML",
                "CUCUMBERJSON",
                "NUNITXML",
                "NUNIT3XML",
                "TESTNGXML",
                "VISUALSTUDIOTRX",
                "CLOVERXML",
                "COBERTURAXML",
                "JACOCOXML",
                "SIMPLECOV",
            ]),
        ),
    ],
    needs: &[&["files"]],
};

/// The fields of every artifact, the first and each of the others.
const ARTIFACT: [(&str, Shape); 7] = [
    ("files", TEXTS),
    ("name", Text),
    ("discard-paths", Truth),
    ("base-directory", Text),
    ("exclude-paths", OneOrMany),
    ("enable-symlinks", Truth),
    ("s3-prefix", Text),
];

const ARTIFACTS: Fields = Fields {
    known: &{
        let [a, b, c, d, e, f, g] = ARTIFACT;
        [a, b, c, d, e, f, g, ("secondary-artifacts", Map(&These(&SECONDARY), ANY_NUMBER))]
    },
    needs: &[&["files"]],
};

const SECONDARY: Fields = Fields { known: &ARTIFACT, needs: &[&["files"]] };

const CACHE: Fields = Fields {
    known: &[
        ("key", Text),
        ("fallback-keys", List(&Text, 5)),
        ("action", Word(&["restore", "save"])),
        ("paths", TEXTS),
    ],
    needs: &[&["paths"]],
};

const BATCH: Fields = Fields {
    known: &[
        ("fast-fail", Truth),
        ("build-graph", List(&These(&GRAPH_BUILD), ANY_NUMBER)),
        ("build-list", List(&These(&LIST_BUILD), ANY_NUMBER)),
        ("build-matrix", These(&MATRIX)),
        ("build-fanout", These(&FANOUT)),
    ],
    needs: &[&["build-graph", "build-list", "build-matrix", "build-fanout"]],
};

const GRAPH_BUILD: Fields = Fields {
    known: &[
        ("identifier", Text),
        ("buildspec", Text),
        ("debug-session", Truth),
        ("depend-on", TEXTS),
        ("env", These(&BUILD_ENV)),
        ("ignore-failure", Truth),
    ],
    needs: &[&["identifier"]],
};

const LIST_BUILD: Fields = Fields {
    known: &[
        ("identifier", Text),
        ("buildspec", Text),
        ("debug-session", Truth),
        ("env", These(&BUILD_ENV)),
        ("ignore-failure", Truth),
    ],
    needs: &[],
};

const BUILD_ENV: Fields = Fields {
    known: &[
        ("compute-type", Word(COMPUTE_TYPES)),
        ("fleet", Text),
        ("image", Text),
        ("privileged-mode", Truth),
        ("type", Word(ENVIRONMENT_TYPES)),
        ("variables", VARIABLES),
    ],
    needs: &[],
};

const MATRIX: Fields = Fields {
    known: &[("static", These(&MATRIX_STATIC)), ("dynamic", These(&MATRIX_DYNAMIC))],
    needs: &[&["static", "dynamic"]],
};

const MATRIX_STATIC: Fields = Fields {
    known: &[
        ("ignore-failure", Truth),
        (
            "env",
            These(&Fields {
                known: &[
                    ("privileged-mode", Truth),
                    ("type", Word(ENVIRONMENT_TYPES)),
                    ("variables", VARIABLES),
                ],
                needs: &[],
            }),
        ),
    ],
    needs: &[],
};

const MATRIX_DYNAMIC: Fields = Fields {
    known: &[
        ("buildspec", TEXTS),
        (
            "env",
            These(&Fields {
                known: &[
                    ("compute-type", List(&Word(COMPUTE_TYPES), ANY_NUMBER)),
                    ("image", TEXTS),
                    ("variables", Map(&TEXTS, ANY_NUMBER)),
                ],
                needs: &[],
            }),
        ),
    ],
    needs: &[],
};

const FANOUT: Fields =
    Fields { known: &[("parallelism", Count(1)), ("ignore-failure", Truth)], needs: &[&["parallelism"]] };

const COMPUTE_TYPES: &[&str] = &[
    "BUILD_GENERAL1_SMALL",
    "BUILD_GENERAL1_MEDIUM",
    "BUILD_GENERAL1_LARGE",
    "BUILD_GENERAL1_XLARGE",
    "BUILD_GENERAL1_2XLARGE",
    "BUILD_LAMBDA_1GB",
    "BUILD_LAMBDA_2GB",
    "BUILD_LAMBDA_4GB",
    "BUILD_LAMBDA_8GB",
    "BUILD_LAMBDA_10GB",
    "ATTRIBUTE_BASED_COMPUTE",
    "CUSTOM_INSTANCE_TYPE",
];

const ENVIRONMENT_TYPES: &[&str] = &[
    "LINUX_CONTAINER",
    "ARM_CONTAINER",
    "LINUX_GPU_CONTAINER",
    "LINUX_LAMBDA_CONTAINER",
    "ARM_LAMBDA_CONTAINER",
    "WINDOWS_CONTAINER",
    "WINDOWS_SERVER_2019_CONTAINER",
    "WINDOWS_SERVER_2022_CONTAINER",
    "MAC_ARM",
    "LINUX_EC2",
    "ARM_EC2",
    "WINDOWS_EC2",
];
