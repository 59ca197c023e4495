//! Who reaches whom, and how many there are: Services, Ingresses, policies, autoscalers, budgets.

use super::team::{App, Shape, Team, head, selector};

pub(super) fn default_deny(team: &Team) -> String {
    let name = &team.name;
    format!(
        "# Nothing passes that no other policy lets through, but for the name server.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: {name}
spec:
  podSelector: {{}}
  policyTypes: [Ingress, Egress]
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels: {{k8s-app: kube-dns}}
      ports:
        - {{port: 53, protocol: UDP}}
        - {{port: 53, protocol: TCP}}
"
    )
}

pub(super) fn policy(app: &App) -> String {
    let head = head(app, "networking.k8s.io/v1", "NetworkPolicy", &app.name);
    let selector = selector(app, 6);
    let port = app.port;
    let ingress = if app.listens() {
        format!(
            "  ingress:
    # From the load balancer, and from the team's own Pods.
    - from:
        - ipBlock:
            cidr: 10.0.0.0/16
        - podSelector: {{}}
      ports:
        - port: {port}
          protocol: TCP
"
        )
    } else {
        String::new()
    };
    format!(
        "{head}spec:
  podSelector:
    matchLabels:
{selector}  policyTypes:
    - Ingress
    - Egress
{ingress}  egress:
    - to:
        - ipBlock:
            cidr: 0.0.0.0/0
            except: [169.254.169.254/32]
      ports:
        - {{port: 443, protocol: TCP}}
        - {{port: 5432, protocol: TCP}}
"
    )
}

pub(super) fn service(app: &App) -> String {
    let App { name, shape, .. } = app;
    let head = head(app, "v1", "Service", name);
    let selector = selector(app, 4);
    let (address, note) = match shape {
        Shape::Store => ("  clusterIP: None\n", "  # Each Pod has a name of its own.\n"),
        _ => ("  type: ClusterIP\n", ""),
    };
    format!(
        "{head}spec:
{note}{address}  selector:
{selector}  ports:
    - name: http
      port: 80
      targetPort: http
      protocol: TCP
      appProtocol: http
"
    )
}

pub(super) fn ingress(app: &App) -> String {
    let App { team, name, .. } = app;
    let head = head(app, "networking.k8s.io/v1", "Ingress", name);
    format!(
        "{head}    alb.ingress.kubernetes.io/scheme: internal
    alb.ingress.kubernetes.io/target-type: ip
    alb.ingress.kubernetes.io/certificate-arn: >-
      arn:aws:acm:eu-central-1:111122223333:certificate/0f0e0d0c-1111-2222-3333-444455556666
spec:
  ingressClassName: alb
  tls:
    - hosts:
        - {name}.{team}.example.com
  rules:
    - host: {name}.{team}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: {name}
                port:
                  name: http
"
    )
}

pub(super) fn autoscaler(app: &App) -> String {
    let App { name, replicas, .. } = app;
    let head = head(app, "autoscaling/v2", "HorizontalPodAutoscaler", name);
    format!(
        "{head}spec:
  scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: {name}}}
  minReplicas: {replicas}
  maxReplicas: {most}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {{type: Utilization, averageUtilization: 70}}
  behavior:
    scaleDown:
      stabilizationWindowSeconds: 300
      policies:
        - type: Pods
          value: 1
          periodSeconds: 60
",
        most = replicas * 3,
    )
}

pub(super) fn budget(app: &App) -> String {
    let head = head(app, "policy/v1", "PodDisruptionBudget", &app.name);
    format!(
        "{head}spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
{}",
        selector(app, 6)
    )
}
