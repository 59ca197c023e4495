//! The rules, one file each. The name of a file is the rule's; so is that of its static.
//!
//! As modules named in a macro are not found by `cargo fmt`, a test says how to format them.

use super::Rule;

macro_rules! list {
    ($($module:ident::$name:ident,)+) => {
        $(mod $module;)+
        $(pub use $module::$name;)+

        /// Every rule, by name.
        pub static ALL: &[&Rule] = &[$(&$name),+];
    };
}

list! {
    affinity_to_nobody::AFFINITY_TO_NOBODY,
    autoscaler_metric_without_request::AUTOSCALER_METRIC_WITHOUT_REQUEST,
    autoscaler_of_unknown_container::AUTOSCALER_OF_UNKNOWN_CONTAINER,
    autoscaler_target_missing::AUTOSCALER_TARGET_MISSING,
    blocked_connection::BLOCKED_CONNECTION,
    bound_account_missing::BOUND_ACCOUNT_MISSING,
    bound_role_missing::BOUND_ROLE_MISSING,
    buildspec_command_not_text::BUILDSPEC_COMMAND_NOT_TEXT,
    claim_missing::CLAIM_MISSING,
    claimed_volume_missing::CLAIMED_VOLUME_MISSING,
    dangling_config_reference::DANGLING_CONFIG_REFERENCE,
    dangling_service_account::DANGLING_SERVICE_ACCOUNT,
    disruption_budget_blocks_drain::DISRUPTION_BUDGET_BLOCKS_DRAIN,
    disruption_budget_without_pods::DISRUPTION_BUDGET_WITHOUT_PODS,
    drain_longer_than_grace_period::DRAIN_LONGER_THAN_GRACE_PERIOD,
    duplicate_ingress_route::DUPLICATE_INGRESS_ROUTE,
    image_pull_secret_missing::IMAGE_PULL_SECRET_MISSING,
    ingress_backend_missing::INGRESS_BACKEND_MISSING,
    ingress_class_missing::INGRESS_CLASS_MISSING,
    ingress_port_missing::INGRESS_PORT_MISSING,
    ingress_secret_missing::INGRESS_SECRET_MISSING,
    latest_image_tag::LATEST_IMAGE_TAG,
    malformed_role_arn::MALFORMED_ROLE_ARN,
    missing_amount_under_quota::MISSING_AMOUNT_UNDER_QUOTA,
    missing_cpu_request::MISSING_CPU_REQUEST,
    missing_memory_limit::MISSING_MEMORY_LIMIT,
    namespace_missing::NAMESPACE_MISSING,
    network_policy_peer_is_nobody::NETWORK_POLICY_PEER_IS_NOBODY,
    network_policy_port_nobody_listens_on::NETWORK_POLICY_PORT_NOBODY_LISTENS_ON,
    network_policy_without_pods::NETWORK_POLICY_WITHOUT_PODS,
    outside_limit_range::OUTSIDE_LIMIT_RANGE,
    overlapping_disruption_budgets::OVERLAPPING_DISRUPTION_BUDGETS,
    overlapping_selectors::OVERLAPPING_SELECTORS,
    priority_class_missing::PRIORITY_CLASS_MISSING,
    privilege_escalation_allowed::PRIVILEGE_ESCALATION_ALLOWED,
    privileged_container::PRIVILEGED_CONTAINER,
    probe_of_unknown_port::PROBE_OF_UNKNOWN_PORT,
    probe_port_not_declared::PROBE_PORT_NOT_DECLARED,
    quota_too_small::QUOTA_TOO_SMALL,
    readiness_gate_without_ip_target::READINESS_GATE_WITHOUT_IP_TARGET,
    replicas_set_with_autoscaler::REPLICAS_SET_WITH_AUTOSCALER,
    request_above_limit::REQUEST_ABOVE_LIMIT,
    runtime_class_missing::RUNTIME_CLASS_MISSING,
    secret_in_config_map::SECRET_IN_CONFIG_MAP,
    selector_mismatch::SELECTOR_MISMATCH,
    service_of_unknown_port::SERVICE_OF_UNKNOWN_PORT,
    service_port_nobody_listens_on::SERVICE_PORT_NOBODY_LISTENS_ON,
    service_without_pods::SERVICE_WITHOUT_PODS,
    spread_misses_own_pods::SPREAD_MISSES_OWN_PODS,
    stateful_set_without_headless_service::STATEFUL_SET_WITHOUT_HEADLESS_SERVICE,
    storage_class_missing::STORAGE_CLASS_MISSING,
    tls_host_without_rule::TLS_HOST_WITHOUT_RULE,
    two_autoscalers_on_one_target::TWO_AUTOSCALERS_ON_ONE_TARGET,
    unnamed_service_port::UNNAMED_SERVICE_PORT,
    unused_config::UNUSED_CONFIG,
    unused_config_key::UNUSED_CONFIG_KEY,
    unused_waiver::UNUSED_WAIVER,
    variable_not_read::VARIABLE_NOT_READ,
    variable_not_supplied::VARIABLE_NOT_SUPPLIED,
    volume_does_not_fit_claim::VOLUME_DOES_NOT_FIT_CLAIM,
    volume_mount_without_volume::VOLUME_MOUNT_WITHOUT_VOLUME,
    volume_reserved_for_missing_claim::VOLUME_RESERVED_FOR_MISSING_CLAIM,
    waiver_of_unknown_rule::WAIVER_OF_UNKNOWN_RULE,
    waiver_without_reason::WAIVER_WITHOUT_REASON,
    writable_root_file_system::WRITABLE_ROOT_FILE_SYSTEM,
}

#[cfg(test)]
mod tests;
