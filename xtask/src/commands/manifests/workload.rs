//! What runs: Deployments, StatefulSets, DaemonSets, CronJobs and Jobs around one Pod template.

use super::random::Random;
use super::team::{App, Shape, head, indented, selector};

pub(super) fn workload(app: &App, random: &mut Random) -> String {
    let App { name, shape, .. } = app;
    let api_version = if matches!(shape, Shape::Schedule | Shape::Once) { "batch/v1" } else { "apps/v1" };
    let head = head(app, api_version, shape.kind(), name);
    let selector = format!("  selector:\n    matchLabels:\n{}", selector(app, 6));
    let template = indented(&template(app, random), 2);
    match shape {
        // The autoscaler says how many there are.
        Shape::Web => format!(
            "{head}spec:
  revisionHistoryLimit: 5
  minReadySeconds: 5
{selector}  strategy:
    type: RollingUpdate
    rollingUpdate: {{maxSurge: 1, maxUnavailable: 0}}
{template}"
        ),
        Shape::Worker => {
            format!("{head}spec:\n  replicas: {}\n{selector}{template}", app.replicas)
        }
        Shape::Store => format!(
            "{head}spec:
  serviceName: {name}
  replicas: {replicas}
  podManagementPolicy: Parallel
{selector}{template}  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 10Gi
",
            replicas = app.replicas,
        ),
        Shape::Agent => format!(
            "{head}spec:
{selector}  updateStrategy:
    type: RollingUpdate
    rollingUpdate: {{maxUnavailable: 10%}}
{template}"
        ),
        Shape::Schedule => format!(
            "{head}spec:
  schedule: \"{minute} {hour} * * *\"
  timeZone: Europe/Berlin
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 600
  successfulJobsHistoryLimit: 3
  failedJobsHistoryLimit: 3
  jobTemplate:
    spec:
      backoffLimit: 2
      activeDeadlineSeconds: 3600
      ttlSecondsAfterFinished: 86400
{}",
            indented(&template, 4),
            minute = random.below(60),
            hour = random.below(24),
        ),
        Shape::Once => format!(
            "{head}spec:
  backoffLimit: 3
  activeDeadlineSeconds: 1800
  ttlSecondsAfterFinished: 86400
{template}"
        ),
    }
}

fn template(app: &App, random: &mut Random) -> String {
    let App { team, name, version, owner, .. } = app;
    let restart = if matches!(app.shape, Shape::Schedule | Shape::Once) { "OnFailure" } else { "Always" };
    let token = if app.shape == Shape::Agent { "true" } else { "false" };
    let spread = if matches!(app.shape, Shape::Web | Shape::Worker | Shape::Store) {
        format!(
            "    topologySpreadConstraints:
      - maxSkew: 1
        topologyKey: kubernetes.io/hostname
        whenUnsatisfiable: ScheduleAnyway
        labelSelector:
          matchLabels:
{}",
            selector(app, 12)
        )
    } else {
        String::new()
    };
    format!(
        "template:
  metadata:
    labels:
{selector}      app.kubernetes.io/part-of: {team}
      app.kubernetes.io/version: \"{version}\"
      owner: {owner}
  spec:
    serviceAccountName: {name}
    automountServiceAccountToken: {token}
    enableServiceLinks: false
    restartPolicy: {restart}
    terminationGracePeriodSeconds: 45
    securityContext:
      runAsNonRoot: true
      runAsUser: 65532
      runAsGroup: 65532
      fsGroup: 65532
      seccompProfile: {{type: RuntimeDefault}}
{spread}    containers:
{container}    volumes:
{volumes}",
        selector = selector(app, 6),
        container = indented(&container(app, random), 6),
        volumes = indented(&volumes(app), 6),
    )
}

fn container(app: &App, random: &mut Random) -> String {
    let App { name, team, version, digest, memory, cpu, port, .. } = app;
    let command = match app.shape {
        Shape::Schedule | Shape::Once => {
            format!("  args: [run, --once, --batch={}]\n", 10 + random.below(90))
        }
        Shape::Agent => "  args:\n    - watch\n    - --interval=30s\n".to_owned(),
        _ => String::new(),
    };
    let secret = if app.has_secret {
        format!(
            "    - name: API_TOKEN
      valueFrom:
        secretKeyRef:
          name: {name}-credentials
          key: api-token
"
        )
    } else {
        String::new()
    };
    let ports = if app.listens() {
        format!("  ports:\n    - name: http\n      containerPort: {port}\n      protocol: TCP\n")
    } else {
        String::new()
    };
    let files = if app.has_volume || app.shape == Shape::Store {
        "    - name: data\n      mountPath: /var/lib/app\n"
    } else {
        ""
    };
    format!(
        "# Released by the pipeline; the digest is what runs.
- name: app
  image: registry.example.com/{team}/{name}:{version}@sha256:{digest}
  imagePullPolicy: IfNotPresent
{command}  env:
    - name: POD_NAME
      valueFrom:
        fieldRef: {{fieldPath: metadata.name}}
{secret}  envFrom:
    - configMapRef:
        name: {name}-settings
{ports}{probes}  resources:
    requests: {{cpu: {cpu}, memory: {memory}}}
    limits:
      memory: {memory}
  securityContext:
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true
    capabilities:
      drop: [ALL]
  volumeMounts:
    - name: tmp
      mountPath: /tmp
{files}",
        probes = probes(app),
    )
}

fn probes(app: &App) -> &'static str {
    if app.listens() {
        "  startupProbe:
    httpGet: {path: /live, port: http}
    failureThreshold: 30
    periodSeconds: 1
  readinessProbe:
    httpGet: {path: /ready, port: http}
    periodSeconds: 5
    timeoutSeconds: 2
  livenessProbe:
    httpGet: {path: /live, port: http}
    periodSeconds: 10
    timeoutSeconds: 2
"
    } else {
        ""
    }
}

fn volumes(app: &App) -> String {
    let claim = if app.has_volume && app.shape != Shape::Store {
        format!("- name: data\n  persistentVolumeClaim:\n    claimName: {}-files\n", app.name)
    } else {
        String::new()
    };
    format!("- name: tmp\n  emptyDir: {{sizeLimit: 64Mi}}\n{claim}")
}
