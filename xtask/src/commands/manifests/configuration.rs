//! What programs are told and what they keep: settings, credentials, claims.

use super::random::Random;
use super::team::{App, head};

const LEVELS: [&str; 4] = ["debug", "info", "warn", "error"];

pub(super) fn settings(app: &App, random: &mut Random) -> String {
    let App { team, name, port, .. } = app;
    let head = head(app, "v1", "ConfigMap", &format!("{name}-settings"));
    let text = match random.below(3) {
        0 => format!(
            "  app.properties: |
    # Read when the program starts.
    server.port={port}
    server.shutdown=graceful
    cache.ttl={ttl}s
    features.export={export}
    greeting=Grüß Gott, {team}
",
            ttl = 10 + random.below(600),
            export = random.is(50),
        ),
        1 => format!(
            "  nginx.conf: |-
    worker_processes 1;
    events {{ worker_connections {connections}; }}
    http {{
      server {{
        listen {port};
        location / {{ proxy_pass http://127.0.0.1:{port}; }}
        location = /metrics {{ deny all; }}
      }}
    }}
",
            connections = 256 << random.below(4),
        ),
        _ => format!(
            "  rules.json: |
    {{
      \"service\": \"{name}\",
      \"limits\": {{\"perMinute\": {minute}, \"burst\": {burst}}},
      \"regions\": [\"eu-central-1\", \"us-east-1\"]
    }}
  notice: >-
    What stands here is read by several programs;
    whoever changes it tells {team}.
",
            minute = 100 * (1 + random.below(50)),
            burst = 10 + random.below(90),
        ),
    };
    format!(
        "{head}data:
  LOG_LEVEL: {level}
  HTTP_PORT: \"{port}\"
  UPSTREAM_TIMEOUT: {timeout}s
  WORKER_THREADS: \"{threads}\"
  TRACING: \"on\"
{text}",
        level = random.one(&LEVELS),
        timeout = 1 + random.below(30),
        threads = 1 + random.below(16),
    )
}

/// Made from the store of secrets by its operator; nothing secret stands here.
pub(super) fn credentials(app: &App) -> String {
    let App { team, name, .. } = app;
    let head = head(app, "external-secrets.io/v1", "ExternalSecret", &format!("{name}-credentials"));
    format!(
        "{head}spec:
  refreshInterval: 1h
  secretStoreRef:
    kind: ClusterSecretStore
    name: vault
  target:
    name: {name}-credentials
  data:
    - secretKey: password
      remoteRef: {{key: \"{team}/{name}\", property: password}}
    - secretKey: api-token
      remoteRef:
        key: \"{team}/{name}\"
        property: api-token
"
    )
}

pub(super) fn claim(app: &App) -> String {
    let head = head(app, "v1", "PersistentVolumeClaim", &format!("{}-files", app.name));
    format!(
        "{head}    example.com/backup: \"daily\"
spec:
  accessModes: [ReadWriteMany]
  storageClassName: shared
  volumeMode: Filesystem
  resources:
    requests:
      storage: 20Gi
"
    )
}
