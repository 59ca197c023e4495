//! A build, run as CodeBuild runs it, with stand-ins for the programs that it calls.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use infragen::codebuild::TargetCluster;
use infragen::spec::pipeline::Occasion;
use tempfile::TempDir;

use crate::sample;

/// Records its call, and answers by the first line of `$ANSWERS` whose pattern is the call's:
/// pattern, exit code, how often it answers so (0: always), output.
const STAND_IN: &str = r#"#!/usr/bin/env bash
call="${0##*/} $*"
printf '%s\n' "$call" >> "$RECORD/calls"
case "$call" in
  *--password-stdin*) cat > "$RECORD/password" ;;
  "aws eks update-kubeconfig"*) echo "token: s3cret" > "$KUBECONFIG" ;;
  "cargo infragen render"*)
    out="${!#}/prod/kubernetes"
    mkdir -p "$out"
    echo '{"kind": "ConfigMap"}' > "$out/10-config-map.yaml"
    echo '{"kind": "Deployment"}' > "$out/20-deployment.yaml"
    echo '{"kind": "Job"}' > "$out/140-job-migrate-0a1b2c3d.yaml"
    ;;
esac
line=0
while IFS='|' read -r pattern code times output; do
  line=$((line + 1))
  [[ "$call" == $pattern ]] || continue
  used="$RECORD/used.$line"
  [[ "$times" -eq 0 || "$(wc -c < "$used" 2> /dev/null || echo 0)" -lt "$times" ]] || continue
  printf x >> "$used"
  printf '%b' "$output"
  [[ "$code" -eq 0 ]] || printf '%b' "${ERRORS:-}" >&2
  exit "$code"
done < "$RECORD/answers"
exit 0
"#;

/// Runs all phases in one shell. `post_build` runs whatever failed, which is more than CodeBuild asks of it.
const DRIVER: &str = r#"
export CODEBUILD_BUILD_SUCCEEDING=1
failed=0
phase() {
  local command code
  for command in "$RECORD/commands/$1".*; do
    [ -e "$command" ] || continue
    . "$command"
    code=$?
    if [ "$code" -ne 0 ]; then
      CODEBUILD_BUILD_SUCCEEDING=0
      failed=1
      return
    fi
  done
}
for name in install pre_build build; do
  [ "$failed" -eq 1 ] || phase "$name"
done
phase post_build
printf '%s' "${IMAGE_DIGEST:-}" > "$RECORD/exported"
case "$-" in *e*) echo "errexit has leaked into CodeBuild's shell"; exit 70 ;; esac
exit "$failed"
"#;

/// A build to be run.
pub(crate) struct Build {
    occasion: Occasion,
    cluster: TargetCluster,
    answers: Vec<String>,
    variables: Vec<(&'static str, String)>,
}

/// A build that has run.
pub(crate) struct Ran {
    pub(crate) succeeded: bool,
    /// The calls of stand-ins, in order.
    pub(crate) calls: Vec<String>,
    pub(crate) output: String,
    /// What reached a program that was given a password on its standard input.
    pub(crate) password: Option<String>,
    /// The exported `IMAGE_DIGEST`.
    pub(crate) exported: String,
    pub(crate) folder: TempDir,
}

impl Build {
    pub(crate) fn on(occasion: Occasion) -> Self {
        let variables = [
            ("CODEBUILD_BUILD_NUMBER", "41"),
            ("CODEBUILD_RESOLVED_SOURCE_VERSION", "0123456789abcdef0123456789abcdef01234567"),
        ];
        Self {
            occasion,
            cluster: sample::eks(),
            // The tools that the install phase looks for are there.
            answers: vec![
                "rustc --version|0|0|rustc 1.95.0 (59807616e 2026-04-14)".to_owned(),
                "kubectl version*|0|0|Client Version: v1.34.0".to_owned(),
            ],
            variables: variables.map(|(name, value)| (name, value.to_owned())).into(),
        }
    }

    pub(crate) fn cluster(mut self, cluster: TargetCluster) -> Self {
        self.cluster = cluster;
        self
    }

    pub(crate) fn variable(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    /// Calls like this end with this code and output; others succeed silently.
    pub(crate) fn answer(self, call: &str, code: u8, output: &str) -> Self {
        self.answer_times(0, call, code, output)
    }

    /// As [`Build::answer`], but just so often.
    pub(crate) fn answer_times(mut self, times: u8, call: &str, code: u8, output: &str) -> Self {
        self.answers.push(format!("{call}|{code}|{times}|{output}"));
        self
    }

    /// As [`Build::answer`], whatever else is answered.
    pub(crate) fn answer_before_all(mut self, call: &str, code: u8, output: &str) -> Self {
        self.answers.insert(0, format!("{call}|{code}|0|{output}"));
        self
    }

    /// What every call that fails says.
    pub(crate) fn errors(self, text: &str) -> Self {
        self.variable("ERRORS", text)
    }

    /// Runs it in an image that has no Rust.
    pub(crate) fn run_without_rust(mut self) -> Ran {
        self.answers.remove(0);
        self.run()
    }

    pub(crate) fn run(self) -> Ran {
        let folder = TempDir::new().unwrap();
        let record = folder.path().join("record");
        let source = folder.path().join("source");
        let programs = folder.path().join("programs");
        for each in [&record.join("commands"), &source, &programs] {
            fs::create_dir_all(each).unwrap();
        }
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        symlink(top.join("codebuild"), source.join("codebuild")).unwrap();
        for program in ["aws", "docker", "kubectl", "cargo", "rustc", "curl"] {
            let file = programs.join(program);
            fs::write(&file, STAND_IN).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        }
        fs::write(record.join("answers"), self.answers.join("\n") + "\n").unwrap();
        let documents = sample::documents(self.cluster);
        for phase in ["install", "pre_build", "build", "post_build"] {
            for (number, command) in sample::commands(&documents, self.occasion, phase).iter().enumerate() {
                fs::write(record.join(format!("commands/{phase}.{number}")), format!("{command}\n")).unwrap();
            }
        }
        let path = std::env::var("PATH").unwrap();
        let output = Command::new("bash")
            .args(["-c", DRIVER])
            .current_dir(&source)
            .env("PATH", format!("{}:{path}", programs.display()))
            .env("RECORD", &record)
            .env_remove("KUBECONFIG")
            .envs(self.variables)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let read = |file: &str| fs::read_to_string(record.join(file)).ok();
        Ran {
            succeeded: output.status.success(),
            calls: read("calls").unwrap_or_default().lines().map(str::to_owned).collect(),
            output: String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
            password: read("password"),
            exported: read("exported").unwrap_or_default(),
            folder,
        }
    }
}

impl Ran {
    /// The calls that begin so, without the source's folder.
    pub(crate) fn calls_of(&self, beginning: &str) -> Vec<String> {
        let source = format!("{}/", self.folder.path().join("source").display());
        self.calls
            .iter()
            .map(|call| call.replace(&source, ""))
            .filter(|call| call.starts_with(beginning))
            .collect()
    }

    pub(crate) fn file(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.folder.path().join("source").join(file)).ok()
    }
}
