use super::super::fault::Defect;
use super::super::version::Version;
use super::{Definitions, Limit};
use crate::bundle::{Content, Document};
use crate::read;

/// The definition of a `Till` whose spec is this.
fn definition(spec: &str) -> String {
    format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  group: example.com\n  \
         scope: Namespaced\n  names: {{kind: Till}}\n  versions:\n  - {{name: v1beta1, served: true, deprecated: true}}\n  \
         - {{name: v0, served: false}}\n  - name: v1\n    served: true\n    subresources: {{status: {{}}}}\n    schema:\n      \
         openAPIV3Schema: {{type: object, properties: {{status: {{type: object, required: [seen], properties: {{seen: {{type: string}}}}}}, \
         spec: {spec}}}}}\n"
    )
}

pub(super) fn definitions(spec: &str) -> Definitions {
    let mut definitions = Definitions::default();
    for node in read::objects(&definition(spec)).unwrap() {
        definitions.add(Document::rendered("till.yaml", Content::Object(node))).unwrap();
    }
    definitions
}

/// What is wrong with a `Till`, as path and a word.
pub(super) fn faults(definitions: &Definitions, version: &str, fields: &str) -> Vec<String> {
    let yaml = format!("{{apiVersion: example.com/{version}, kind: Till, metadata: {{name: a}}, {fields}}}");
    let object = read::objects(&yaml).unwrap().remove(0);
    let faults = definitions.check(&object, &[Version::newest()]).unwrap();
    faults
        .iter()
        .map(|fault| {
            let word = match &fault.defect {
                Defect::UndeclaredField { .. } | Defect::UnknownField { .. } => "unknown".to_owned(),
                Defect::WrongType { expected, .. } => format!("not {expected}"),
                Defect::Missing { .. } => "missing".to_owned(),
                Defect::OutsideLimit { limit, .. } => match limit {
                    Limit::Unique(earlier) => format!("as {earlier}"),
                    limit => format!("{limit:?}").split(['(', ' ']).next().unwrap().to_owned(),
                },
                Defect::RuleBroken { message, .. } => message.clone(),
                Defect::NotServed { .. } => "not served".to_owned(),
                Defect::DeprecatedByDefinition { .. } => "deprecated".to_owned(),
                Defect::NeedlessNamespace => "namespace".to_owned(),
                other => format!("{other:?}"),
            };
            format!("{} {word}", fault.path)
        })
        .collect()
}

#[test]
fn of_several_definitions_one_that_takes_an_object_is_enough() {
    let mut both = definitions("{type: object, properties: {old: {type: string}}}");
    for node in read::objects(&definition("{type: object, properties: {new: {type: string}}}")).unwrap() {
        both.add(Document::rendered("newer.yaml", Content::Object(node))).unwrap();
    }
    let older = definition("{type: object}").replace("name: v1\n", "name: v1alpha1\n");
    for node in read::objects(&older).unwrap() {
        both.add(Document::rendered("older.yaml", Content::Object(node))).unwrap();
    }
    assert_eq!(faults(&both, "v1", "spec: {old: a}"), [""; 0]);
    assert_eq!(faults(&both, "v1", "spec: {new: a}"), [""; 0]);
    assert_eq!(faults(&both, "v1", "spec: {newer: a}"), ["spec.newer unknown"]);
    assert_eq!(faults(&both, "v2", "spec: {new: a}"), ["apiVersion not served"]);
}

fn check(spec: &str, cases: &[(&str, &[&str])]) {
    let definitions = definitions(spec);
    for (value, expected) in cases {
        assert_eq!(faults(&definitions, "v1", &format!("spec: {value}")), *expected, "{value} of {spec}");
    }
}

#[test]
fn versions_are_served_or_not() {
    let definitions = definitions("{type: object}");
    assert_eq!(faults(&definitions, "v1", "spec: {}"), [""; 0]);
    assert_eq!(faults(&definitions, "v0", "spec: {}"), ["apiVersion not served"]);
    assert_eq!(faults(&definitions, "v2", "spec: {}"), ["apiVersion not served"]);
    // A version without a schema lets everything pass.
    assert_eq!(faults(&definitions, "v1beta1", "any: {thing: 1}"), ["apiVersion deprecated"]);
}

#[test]
fn fields_that_nobody_names_are_unknown() {
    check(
        "{type: object, properties: {a: {type: string}, kept: {type: object, x-kubernetes-preserve-unknown-fields: true, \
         properties: {inner: {type: object, properties: {b: {type: string}}}}}, map: {type: object, additionalProperties: \
         {type: object, properties: {c: {type: integer}}}}, list: {type: array, items: {type: object}}}}",
        &[
            ("{a: x}", &[]),
            ("{b: x}", &["spec.b unknown"]),
            ("{kept: {any: 1, inner: {b: x}}}", &[]),
            ("{kept: {inner: {z: x}}}", &["spec.kept.inner.z unknown"]),
            ("{map: {any: {c: 1}}}", &[]),
            ("{map: {any: {d: 1}}}", &["spec.map.any.d unknown"]),
            ("{list: [{d: 1}]}", &["spec.list[0].d unknown"]),
        ],
    );
    let none = definitions("{type: object}");
    assert_eq!(faults(&none, "v1", "metadata2: {}, spec: {}"), ["metadata2 unknown"]);
    let yaml = "{apiVersion: example.com/v1, kind: Till, metadata: {nmae: a}}";
    let object = read::objects(yaml).unwrap().remove(0);
    let definition = &none.find("example.com/v1", "Till")[0];
    assert_eq!(definition.check(&object, &[Version::newest()]).len(), 1, "metadata are Kubernetes' own");
}

#[test]
fn types_are_those_of_the_definition() {
    check(
        "{type: object, properties: {s: {type: string}, i: {type: integer}, f: {type: number}, b: {type: boolean}, \
         e: {x-kubernetes-int-or-string: true}, a: {type: array, items: {type: integer}}, o: {type: object}, \
         z: {type: string, nullable: true}}}",
        &[
            ("{s: x, i: 1, f: 1.5, b: true, e: 1, a: [1], o: {}, z: null}", &[]),
            ("{i: 2.0, f: 2, e: '1'}", &[]),
            ("{s: 1}", &["spec.s not text"]),
            ("{i: 1.5}", &["spec.i not a whole number"]),
            ("{e: true}", &["spec.e not a whole number or text"]),
            ("{a: {}}", &["spec.a not a list"]),
            ("{a: [x]}", &["spec.a[0] not a whole number"]),
            ("{a: [null]}", &["spec.a[0] not a whole number"]),
            ("{o: []}", &["spec.o not a mapping"]),
            ("{s: null}", &[]),
        ],
    );
}

#[test]
fn defaults_and_nulls_come_before_what_is_required() {
    check(
        "{type: object, required: [a, b, c], properties: {a: {type: string, default: x}, b: {type: string}, \
         c: {type: integer, nullable: true}}}",
        &[
            ("{b: z, c: null}", &["spec.c missing"]),
            ("{b: z, c: 1}", &[]),
            ("{a: null, b: z, c: 1}", &[]),
            ("{b: null, c: 1}", &["spec.b missing"]),
            ("{}", &["spec.b missing", "spec.c missing"]),
        ],
    );
}

#[test]
fn limits_are_kept() {
    check(
        "{type: object, properties: {e: {type: string, enum: [a, b]}, p: {type: string, pattern: '^[a-z]+$', maxLength: 3}, \
         i: {type: integer, minimum: 1, maximum: 5, exclusiveMaximum: true, multipleOf: 2}, l: {type: array, minItems: 1, \
         items: {type: string}}, m: {type: object, maxProperties: 1, additionalProperties: {type: string}}, \
         f: {type: string, format: ipv4}, \
         i32: {type: integer, format: int32}}}",
        &[
            ("{e: a, p: abc, i: 4, l: [x], m: {a: b}, f: 10.0.0.1}", &[]),
            ("{e: c}", &["spec.e Enum"]),
            ("{p: A}", &["spec.p Pattern"]),
            ("{p: abcd}", &["spec.p LongestText"]),
            ("{p: été}", &["spec.p Pattern"]),
            ("{i: 0}", &["spec.i Least"]),
            ("{i: 5}", &["spec.i Most", "spec.i MultipleOf"]),
            ("{l: []}", &["spec.l FewestItems"]),
            ("{m: {a: b, c: d}}", &["spec.m MostFields"]),
            ("{f: ten}", &["spec.f Format"]),
            ("{i32: -2147483648}", &[]),
            ("{i32: 2147483648}", &["spec.i32 Format"]),
        ],
    );
}

#[test]
fn forms_are_counted() {
    check(
        "{type: object, properties: {a: {type: string}, b: {type: string}, q: {x-kubernetes-int-or-string: true, anyOf: \
         [{type: integer}, {type: string}], pattern: '^[0-9]+$'}}, oneOf: [{required: [a]}, {required: [b]}], \
         not: {required: [q], properties: {q: {enum: [13]}}}}",
        &[
            ("{a: x}", &[]),
            ("{}", &["spec OneForm"]),
            ("{a: x, b: z}", &["spec OneForm"]),
            ("{a: x, q: 5}", &[]),
            ("{a: x, q: five}", &["spec.q Pattern"]),
            ("{a: x, q: 13}", &["spec NotForm"]),
        ],
    );
}

#[test]
fn lists_hold_each_item_once() {
    check(
        "{type: object, properties: {s: {type: array, x-kubernetes-list-type: set, items: {type: string}}, m: {type: array, \
         x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [port, protocol], items: {type: object, required: [port], \
         properties: {port: {type: integer}, protocol: {type: string, default: TCP}}}}}}",
        &[
            ("{s: [a, b]}", &[]),
            ("{s: [a, b, a]}", &["spec.s[2] as 0"]),
            ("{m: [{port: 1}, {port: 2}, {port: 1, protocol: UDP}]}", &[]),
            ("{m: [{port: 1}, {port: 1, protocol: TCP}]}", &["spec.m[1] as 0"]),
        ],
    );
}

#[test]
fn an_embedded_object_is_one() {
    let embedded = "{type: object, properties: {t: {type: object, x-kubernetes-embedded-resource: true, \
                    x-kubernetes-preserve-unknown-fields: true}}}";
    check(
        embedded,
        &[
            ("{t: {apiVersion: v1, kind: Pod, metadata: {name: a}, any: 1}}", &[]),
            ("{t: {kind: Pod}}", &["spec.t.apiVersion missing"]),
            ("{t: {apiVersion: v1, kind: Pod, metadata: {nmae: a}}}", &["spec.t.metadata.nmae unknown"]),
            ("{t: {apiVersion: a//b, kind: A b}}", &["spec.t.apiVersion Format", "spec.t.kind Format"]),
            ("{t: {apiVersion: v1, kind: Pod, metadata: {name: a/b}}}", &["spec.t.metadata.name Format"]),
        ],
    );
}

#[test]
fn the_status_is_the_servers_own() {
    let definitions = definitions("{type: object}");
    assert_eq!(faults(&definitions, "v1", "status: {seen: 1}"), [""; 0]);
    assert_eq!(faults(&definitions, "v1", "status: {other: 1}"), ["status.other unknown"]);
}

/// A spec with one rule over a few fields.
pub(super) fn ruled(rule: &str) -> String {
    format!(
        "{{type: object, x-kubernetes-validations: [{{rule: {rule:?}, message: broken}}], properties: {{a: {{type: integer, \
         default: 1}}, b: {{type: integer}}, s: {{type: string}}, num: {{type: number}}, l: {{type: array, items: {{type: \
         string}}}}, set: {{type: array, x-kubernetes-list-type: set, items: {{type: string}}}}, m: {{type: object, \
         additionalProperties: {{type: string}}}}, x-y: {{type: string}}, in: {{type: string}}, d: {{type: string, format: \
         duration}}, t: {{type: string, format: date-time}}, q: {{x-kubernetes-int-or-string: true}}, n: {{type: string, nullable: true}}, w: {{type: array, items: {{type: \
         integer}}}}, o: {{type: array, items: {{type: object, properties: {{name: {{type: string}}}}}}}}}}}}"
    )
}

#[test]
fn rules_are_asked_of_what_the_server_would_see() {
    let cases: [(&str, &str, bool); 34] = [
        (
            "self.l.all(one, self.o.exists(two, two.name == one))",
            "{l: [a], o: [{name: b}], set: [a, b]}",
            false,
        ),
        ("has(self.n)", "{n: null}", false),
        ("!has(self.n) || self.n == ''", "{n: null}", true),
        ("isURL(self.s)", "{s: a/b}", false),
        ("self.w.sum() < 1000", "{w: [3000000000]}", false),
        ("self.w.max() == 3000000000", "{w: [3000000000]}", true),
        ("[1, self.a].sum() == 2 && [1, 2].isSorted()", "{}", true),
        ("isIP(self.s)", "{s: '::ffff:10.0.0.1'}", false),
        ("self.a <= self.b", "{a: 1, b: 2}", true),
        ("self.a <= self.b", "{a: 3, b: 2}", false),
        ("self.a == 1", "{}", true),
        ("has(self.b)", "{}", false),
        ("!has(self.b) || self.b > 2", "{b: 1}", false),
        ("self.s.startsWith('x') && size(self.s) < 3", "{s: xyz}", false),
        ("self.s.matches('^[a-z]+$')", "{s: abc}", true),
        ("self.s.matches('^[a-z]+$')", "{s: ABC}", false),
        ("self.l.all(x, x.size() > 1)", "{l: [ab, c]}", false),
        ("self.l.exists(x, x == 'c')", "{l: [ab, c]}", true),
        ("self.l.exists_one(x, x == 'c')", "{l: [c, c]}", false),
        ("self.l.map(x, x + 'y').exists(x, x == 'cy')", "{l: [c]}", true),
        ("'k' in self.m", "{m: {k: v}}", true),
        ("self.m.all(k, self.m[k] != '')", "{m: {k: ''}}", false),
        ("self.x__dash__y == 'z'", "{x-y: z}", true),
        ("self.__in__ == 'z'", "{in: a}", false),
        ("self.?s.orValue('none') == 'none'", "{}", true),
        ("duration(self.s) > duration('1m')", "{s: 90s}", true),
        ("duration(self.s) > duration('1m')", "{s: 30s}", false),
        ("quantity(self.s).isLessThan(quantity('1Gi'))", "{s: 2Gi}", false),
        ("isIP(self.s)", "{s: 10.0.0.300}", false),
        ("isURL(self.s)", "{s: 'https://example.com/a'}", true),
        ("self.num > 0", "{num: 0}", false),
        ("type(self.q) == int ? self.q > 0 : self.q != ''", "{q: 0}", false),
        ("self.s in ['a', 'b']", "{s: c}", false),
        ("self.b / 2 * 2 == self.b", "{b: 3}", false),
    ];
    for (rule, value, is_kept) in cases {
        let expected: &[&str] = if is_kept { &[] } else { &["spec broken"] };
        let definitions = definitions(&ruled(rule));
        assert_eq!(faults(&definitions, "v1", &format!("spec: {value}")), expected, "{rule} of {value}");
        let passed_over = definitions.all()[0].passed_over().first().map(|rule| rule.reason.to_owned());
        assert_eq!(passed_over, None, "{rule} of {value}");
    }
}

#[test]
fn what_cannot_be_asked_is_passed_over_and_told() {
    let cases = [
        ("self.a == oldSelf.a", "{}", "it compares with what the object was before"),
        ("self.a <=", "{}", "ERROR"),
        ("ip.isCanonical(self.s)", "{s: 127.0.0.1}", "`ip` is not known here"),
        ("ip(self.s).isLoopback()", "{s: 127.0.0.256}", "`ip` has no answer"),
        ("url(self.s).getHost() == ''", "{s: 'https://a:b:c/'}", "`url` has no answer"),
        ("self.b > 1", "{}", "it reads a field that the object lacks"),
        ("self.t > timestamp('2020-01-01T00:00:00Z')", "{t: '2019-01-01T00:00:00Z'}", "is not known here"),
        ("isURL(self.s)", "{s: 'ftp:x'}", "`isURL` has no answer"),
        ("self.set == ['b', 'a']", "{set: [a, b]}", "the order does not count"),
        ("self.s", "{s: x}", "neither true nor false"),
        ("self.a / 0 == 1", "{}", "numbers go too far"),
    ];
    for (rule, value, reason) in cases {
        let definitions = definitions(&ruled(rule));
        assert_eq!(faults(&definitions, "v1", &format!("spec: {value}")), [""; 0], "{rule}");
        let passed_over = definitions.all()[0].passed_over();
        assert_eq!(passed_over.len(), 1, "{rule}");
        assert!(passed_over[0].reason.contains(reason), "{rule}: {}", passed_over[0].reason);
    }
}

#[test]
fn no_rule_takes_for_ever() {
    let items: Vec<String> = (0..400).map(|number| format!("x{number}")).collect();
    let value = format!("{{l: [{}]}}", items.join(", "));
    let nested = "self.l.all(a, self.l.all(b, self.l.all(c, self.l.all(d, a + b + c + d != ''))))";
    let definitions = definitions(&ruled(nested));
    assert_eq!(faults(&definitions, "v1", &format!("spec: {value}")), [""; 0]);
    assert!(definitions.all()[0].passed_over()[0].reason.contains("steps"));
    let brackets = format!("{}self.a == 1{}", "(".repeat(5000), ")".repeat(5000));
    let sum = format!("self.a{} == 0", " + 1".repeat(4000));
    let fields = format!("self{} == 0", ".a".repeat(4000));
    let not = format!("{}true", "!".repeat(4001));
    for deep in [brackets, sum, fields, not] {
        let definitions = super::tests::definitions(&ruled(&deep));
        faults(&definitions, "v1", "spec: {}");
    }
}

#[test]
fn what_defines_nothing_says_why() {
    let cases = [
        ("{kind: CustomResourceDefinition, apiVersion: apiextensions.k8s.io/v1beta1}", "`apiVersion`: only"),
        ("{apiVersion: apiextensions.k8s.io/v1, spec: {}}", "`spec.group`: this is missing"),
        (
            "{apiVersion: apiextensions.k8s.io/v1, spec: {group: a.b, names: {kind: C}, scope: Global}}",
            "`spec.scope`: this is neither",
        ),
        (
            "{apiVersion: apiextensions.k8s.io/v1, spec: {group: a.b, names: {kind: C}, scope: Cluster}}",
            "`spec.versions`: there is no version",
        ),
    ];
    for (yaml, expected) in cases {
        let node = read::objects(yaml).unwrap().remove(0);
        let error = Definitions::default().add(Document::rendered("a", Content::Object(node))).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}
