//! A rule of `x-kubernetes-validations`: an expression in CEL that must be true of a value.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use cel::common::ast::Expr;
use cel::{Context, Env, Program, Value as Cel, extensions};

use super::definition::PassedOver;
use super::functions;
use crate::node::{FieldPath, Node};

/// Where the rules of a schema stand.
pub(super) const RULES: &str = "x-kubernetes-validations";
/// No rule of a well-made definition is longer.
const LONGEST: usize = 20_000;
/// How deep brackets may stand in each other, and expressions in each other.
const MOST_BRACKETS: usize = 60;
const MOST_LEVELS: usize = 400;
/// How many steps one evaluation may take at most, as far as that can be told before it is made.
const MOST_STEPS: f64 = 2e6;

/// A rule; read when it is first asked.
#[derive(Debug)]
pub(super) struct Expression {
    path: FieldPath,
    source: String,
    message: Option<String>,
    message_expression: Option<String>,
    field: Option<FieldPath>,
    compiled: OnceLock<Option<Compiled>>,
    /// Why it was passed over, the first time that it was.
    passed_over: OnceLock<String>,
}

#[derive(Debug)]
struct Compiled {
    program: Program,
    /// How many expressions it is made of.
    parts: f64,
    /// How deep its loops stand in each other.
    loops: i32,
    /// What it compares: of both sides the names of the fields that they are, where they are fields.
    compared: Vec<[Option<String>; 2]>,
}

/// What came of asking a rule.
pub(super) enum Verdict {
    Kept,
    Broken { message: String },
}

impl Expression {
    /// Those of a schema that stands at `path` in its definition.
    pub(super) fn all_of(schema: &Node, path: &FieldPath) -> Vec<Self> {
        let rules = schema.get(RULES).map_or(&[][..], Node::items).iter().enumerate();
        let path = path.field(RULES);
        let read = |(index, rule): (usize, &Node)| {
            let text = |name: &str| rule.text_at(&[name]).map(str::to_owned);
            Some(Self {
                path: path.index(index).field("rule"),
                source: text("rule")?,
                message: text("message"),
                message_expression: text("messageExpression"),
                field: text("fieldPath")
                    .map(|path| FieldPath::parse(&path.replace("['", "[\"").replace("']", "\"]"))),
                compiled: OnceLock::new(),
                passed_over: OnceLock::new(),
            })
        };
        rules.filter_map(read).collect()
    }

    /// The rule itself.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// Where the value is wrong, seen from where the rule looks.
    pub(super) fn field(&self, path: &FieldPath) -> FieldPath {
        let Some(field) = &self.field else { return path.clone() };
        field.steps().iter().fold(path.clone(), FieldPath::step)
    }

    /// Why it was passed over, if it ever was.
    pub(super) fn passed_over(&self) -> Option<PassedOver<'_>> {
        let reason = self.passed_over.get()?;
        Some(PassedOver { path: self.path.clone(), source: &self.source, reason })
    }

    /// Asks it about a value whose longest list or mapping is so long; nothing where it cannot be asked.
    ///
    /// Where the value holds lists whose order does not count, `may_be_set` tells which fields are such.
    pub(super) fn ask(
        &self,
        this: &Cel,
        longest: usize,
        may_be_set: Option<&dyn Fn(&str) -> bool>,
    ) -> Option<Verdict> {
        let compiled = self.compiled.get_or_init(|| self.compile()).as_ref()?;
        #[expect(clippy::cast_precision_loss, reason = "it is a rough measure")]
        let steps = compiled.parts * (longest as f64 + 1.0).powi(compiled.loops);
        if steps > MOST_STEPS {
            return self.pass_over(format!("it may take more than {MOST_STEPS:.0} steps on one object"));
        }
        match evaluate(&compiled.program, this) {
            Ok(Cel::Bool(true)) => Some(Verdict::Kept),
            Ok(Cel::Bool(false)) if may_be_set.is_some_and(|may_be| compiled.compares_sets(may_be)) => {
                self.pass_over("it compares lists, and in some of them the order does not count".to_owned())
            }
            Ok(Cel::Bool(false)) => Some(Verdict::Broken { message: self.message(this) }),
            Ok(_) => self.pass_over("it is neither true nor false".to_owned()),
            Err(reason) => self.pass_over(reason),
        }
    }

    fn pass_over(&self, reason: String) -> Option<Verdict> {
        let _ = self.passed_over.set(reason);
        None
    }

    fn compile(&self) -> Option<Compiled> {
        let compiled = self.try_compile();
        compiled.map_err(|reason| self.pass_over(reason)).ok()
    }

    fn try_compile(&self) -> Result<Compiled, String> {
        let program = compile(&self.source)?;
        if program.references().has_variable("oldSelf") {
            return Err("it compares with what the object was before".to_owned());
        }
        let mut size = Size::default();
        size.add(&program.expression().expr, 0, 0);
        if size.levels > MOST_LEVELS {
            return Err(format!("it is nested more than {MOST_LEVELS} deep"));
        }
        Ok(Compiled { parts: size.parts, loops: size.loops, compared: size.compared, program })
    }

    /// What the definition says about a value that breaks the rule.
    fn message(&self, this: &Cel) -> String {
        let told = self.message_expression.as_ref().and_then(|source| {
            let program = compile(source).ok()?;
            match evaluate(&program, this) {
                Ok(Cel::String(text)) if !text.trim().is_empty() && !text.contains('\n') => {
                    Some(text.as_ref().clone())
                }
                _ => None,
            }
        });
        told.or_else(|| self.message.clone())
            .unwrap_or_else(|| format!("failed rule: {}", self.source.trim()))
    }
}

impl Compiled {
    /// Whether the order of a list may decide: of two sides, neither is known to be no such list.
    fn compares_sets(&self, may_be_set: &dyn Fn(&str) -> bool) -> bool {
        let may_be = |side: &Option<String>| side.as_deref().is_none_or(may_be_set);
        self.compared.iter().any(|sides| sides.iter().all(may_be))
    }
}

/// The name of the field that an expression reads, if it is one.
fn field_name(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Select(select) if !select.test => Some(select.field.to_string()),
        _ => None,
    }
}

/// How large an expression is.
#[derive(Default)]
struct Size {
    parts: f64,
    loops: i32,
    levels: usize,
    compared: Vec<[Option<String>; 2]>,
}

impl Size {
    fn add(&mut self, expression: &Expr, depth: i32, level: usize) {
        self.parts += 1.0;
        self.levels = self.levels.max(level);
        let level = level + 1;
        self.loops = self.loops.max(depth);
        match expression {
            Expr::Call(call) => {
                let is_literal = |each: &cel::IdedExpr| matches!(each.expr, Expr::Literal(_));
                let compares = ["_==_", "_!=_", "@in"].contains(&call.func_name.as_str());
                if let [one, other] = call.args.as_slice()
                    && compares
                    && !call.args.iter().any(is_literal)
                {
                    self.compared.push([field_name(&one.expr), field_name(&other.expr)]);
                }
                let inner = call.target.iter().map(Box::as_ref).chain(&call.args);
                inner.for_each(|each| self.add(&each.expr, depth, level));
            }
            Expr::Comprehension(inner) => {
                self.add(&inner.iter_range.expr, depth, level);
                for each in [&inner.accu_init, &inner.loop_cond, &inner.loop_step, &inner.result] {
                    self.add(&each.expr, depth + 1, level);
                }
            }
            Expr::List(list) => list.elements.iter().for_each(|each| self.add(&each.expr, depth, level)),
            Expr::Select(select) => self.add(&select.operand.expr, depth, level),
            // What stands in a literal mapping is not asked often.
            Expr::Map(_) | Expr::Struct(_) | Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => {}
        }
    }
}

/// The functions of CEL, and those that Kubernetes adds as far as they are known here.
fn environment() -> Arc<Env> {
    static ENVIRONMENT: OnceLock<Arc<Env>> = OnceLock::new();
    let made = ENVIRONMENT.get_or_init(|| {
        let mut environment = Env::stdlib();
        // Without one of them a rule that needs it is passed over.
        let _ = environment.add_extension(extensions::strings);
        let _ = environment.add_extension(extensions::lists);
        let _ = environment.add_extension(extensions::math);
        Arc::new(environment)
    });
    Arc::clone(made)
}

/// Why an expression was not read.
pub(super) enum Unread {
    /// It is no CEL as far as it is known here; why.
    Syntax(String),
    /// It was not tried, or the reader failed.
    Untried(String),
}

fn compile(source: &str) -> Result<Program, String> {
    read(source).map_err(|unread| match unread {
        Unread::Syntax(reason) | Unread::Untried(reason) => reason,
    })
}

pub(super) fn read(source: &str) -> Result<Program, Unread> {
    if source.len() > LONGEST {
        return Err(Unread::Untried(format!("it is longer than {LONGEST} bytes")));
    }
    if brackets(source) > MOST_BRACKETS {
        return Err(Unread::Untried(format!("its brackets are nested more than {MOST_BRACKETS} deep")));
    }
    let compiled = catch_unwind(AssertUnwindSafe(|| environment().compile(source)));
    match compiled {
        Ok(Ok(program)) => Ok(program),
        Ok(Err(error)) => Err(Unread::Syntax(first_line(&error.to_string()))),
        Err(_) => Err(Unread::Untried("the reader of CEL failed on it".to_owned())),
    }
}

/// How deep brackets stand in each other; those in texts count too, which does no harm.
fn brackets(source: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in source.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn evaluate(program: &Program, this: &Cel) -> Result<Cel, String> {
    let evaluated = catch_unwind(AssertUnwindSafe(|| {
        let mut context = Context::with_env(environment());
        functions::add(&mut context);
        context.add_variable_from_value("self", this.clone());
        program.execute(&context)
    }));
    match evaluated {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(first_line(&reason(&error))),
        Err(_) => Err("its evaluation failed".to_owned()),
    }
}

/// Why an evaluation failed, without the values of the object, which may be secret.
fn reason(error: &cel::ExecutionError) -> String {
    use cel::ExecutionError as E;
    match error {
        E::UndeclaredReference(name) => format!("`{name}` is not known here"),
        E::NoSuchKey(_) => "it reads a field that the object lacks".to_owned(),
        E::NoSuchOverload(error) => {
            format!("`{}` is not known here for {}", error.function(), error.argument_types().join(", "))
        }
        E::FunctionError { function, .. } => format!("`{function}` has no answer"),
        E::InvalidArgumentCount { .. } | E::NotSupportedAsMethod { .. } | E::MissingArgumentOrTarget => {
            "it calls a function in a way that is not known here".to_owned()
        }
        E::DivisionByZero(_) | E::RemainderByZero(_) | E::Overflow(..) => "its numbers go too far".to_owned(),
        E::IndexOutOfBounds(_) => "it reads an item that the list lacks".to_owned(),
        _ => "its values are of types that are not known here".to_owned(),
    }
}

fn first_line(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    line.trim().chars().take(160).collect()
}
