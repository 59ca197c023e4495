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
    autoscaler_metric_without_request::AUTOSCALER_METRIC_WITHOUT_REQUEST,
    autoscaler_of_unknown_container::AUTOSCALER_OF_UNKNOWN_CONTAINER,
    autoscaler_target_missing::AUTOSCALER_TARGET_MISSING,
    blocked_connection::BLOCKED_CONNECTION,
    buildspec_command_not_text::BUILDSPEC_COMMAND_NOT_TEXT,
    dangling_config_reference::DANGLING_CONFIG_REFERENCE,
    dangling_service_account::DANGLING_SERVICE_ACCOUNT,
    disruption_budget_blocks_drain::DISRUPTION_BUDGET_BLOCKS_DRAIN,
    disruption_budget_without_pods::DISRUPTION_BUDGET_WITHOUT_PODS,
    duplicate_ingress_route::DUPLICATE_INGRESS_ROUTE,
    ingress_backend_missing::INGRESS_BACKEND_MISSING,
    ingress_port_missing::INGRESS_PORT_MISSING,
    ingress_secret_missing::INGRESS_SECRET_MISSING,
    latest_image_tag::LATEST_IMAGE_TAG,
    missing_cpu_request::MISSING_CPU_REQUEST,
    missing_memory_limit::MISSING_MEMORY_LIMIT,
    overlapping_disruption_budgets::OVERLAPPING_DISRUPTION_BUDGETS,
    privilege_escalation_allowed::PRIVILEGE_ESCALATION_ALLOWED,
    privileged_container::PRIVILEGED_CONTAINER,
    probe_of_unknown_port::PROBE_OF_UNKNOWN_PORT,
    probe_port_not_declared::PROBE_PORT_NOT_DECLARED,
    quota_too_small::QUOTA_TOO_SMALL,
    replicas_set_with_autoscaler::REPLICAS_SET_WITH_AUTOSCALER,
    request_above_limit::REQUEST_ABOVE_LIMIT,
    secret_in_config_map::SECRET_IN_CONFIG_MAP,
    selector_mismatch::SELECTOR_MISMATCH,
    service_of_unknown_port::SERVICE_OF_UNKNOWN_PORT,
    service_port_nobody_listens_on::SERVICE_PORT_NOBODY_LISTENS_ON,
    service_without_pods::SERVICE_WITHOUT_PODS,
    stateful_set_without_headless_service::STATEFUL_SET_WITHOUT_HEADLESS_SERVICE,
    tls_host_without_rule::TLS_HOST_WITHOUT_RULE,
    two_autoscalers_on_one_target::TWO_AUTOSCALERS_ON_ONE_TARGET,
    unnamed_service_port::UNNAMED_SERVICE_PORT,
    unused_waiver::UNUSED_WAIVER,
    variable_not_read::VARIABLE_NOT_READ,
    variable_not_supplied::VARIABLE_NOT_SUPPLIED,
    volume_mount_without_volume::VOLUME_MOUNT_WITHOUT_VOLUME,
    waiver_of_unknown_rule::WAIVER_OF_UNKNOWN_RULE,
    waiver_without_reason::WAIVER_WITHOUT_REASON,
    writable_root_file_system::WRITABLE_ROOT_FILE_SYSTEM,
}

#[cfg(test)]
mod tests;
