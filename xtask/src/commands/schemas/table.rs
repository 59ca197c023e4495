//! The file that infragen embeds; `infragen/schemas/README.md` says what stands where.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;

use super::lifecycle::Lifecycles;
use super::schema::{Shape, Type, Versions};

const HEAD: &str =
    "Kubernetes' schemas (Apache-2.0), made by `cargo xtask schemas`; see README.md. Format 1.\n";
/// Stands for none.
const NONE: u16 = u16::MAX;

/// All versions together, each thing once.
pub(super) struct Table {
    versions: Vec<u16>,
    strings: Vec<String>,
    types: Vec<u32>,
    enums: Vec<[u16; 2]>,
    enum_values: Vec<u16>,
    fields: Vec<[u16; 3]>,
    shapes: Vec<[u16; 2]>,
    definitions: Vec<u16>,
    kinds: Vec<[u16; 5]>,
    lifecycles: Vec<[u16; 6]>,
    numbers: Numbers,
}

/// What stands for each name.
#[derive(Default)]
struct Numbers {
    strings: BTreeMap<String, u16>,
    definitions: BTreeMap<String, u16>,
    types: BTreeMap<u32, u16>,
    enums: BTreeMap<Vec<String>, u16>,
    shapes: BTreeMap<Shape, u16>,
}

impl Table {
    pub(super) fn new(schemas: &Versions, lifecycles: &Lifecycles) -> anyhow::Result<Self> {
        let strings: Vec<String> = texts(schemas, lifecycles).into_iter().collect();
        let names: BTreeSet<&String> = schemas.0.values().flat_map(|one| one.definitions.keys()).collect();
        let mut numbers = Numbers::default();
        for (index, text) in strings.iter().enumerate() {
            numbers.strings.insert(text.clone(), short(index)?);
        }
        for (index, name) in names.iter().enumerate() {
            numbers.definitions.insert((*name).clone(), short(index)?);
        }
        let mut table = Self {
            versions: schemas.0.keys().map(|minor| short(*minor as usize)).collect::<Result<_, _>>()?,
            strings,
            types: Vec::new(),
            enums: Vec::new(),
            enum_values: Vec::new(),
            fields: Vec::new(),
            shapes: Vec::new(),
            definitions: Vec::new(),
            kinds: Vec::new(),
            lifecycles: Vec::new(),
            numbers,
        };
        for version in schemas.0.values() {
            for name in &names {
                let shape = version.definitions.get(*name);
                let number = shape.map_or(Ok(NONE), |shape| table.shape(shape))?;
                table.definitions.push(number);
            }
        }
        table.add_kinds(schemas)?;
        table.add_lifecycles(lifecycles);
        Ok(table)
    }

    fn add_kinds(&mut self, schemas: &Versions) -> anyhow::Result<()> {
        let mut merged: BTreeMap<&(String, String), [u16; 5]> = BTreeMap::new();
        for (index, version) in schemas.0.values().enumerate() {
            for (key, kind) in &version.kinds {
                let bit = 1_u16.checked_shl(u32::try_from(index)?).context("there are too many versions")?;
                let flags = u16::from(kind.namespaced) | u16::from(kind.list) << 1;
                let definition = self.numbers.definitions[&kind.definition];
                let row = [self.text(&key.0), self.text(&key.1), definition, 0, flags];
                merged.entry(key).or_insert(row)[3] |= bit;
            }
        }
        self.kinds = merged.into_values().collect();
        Ok(())
    }

    fn add_lifecycles(&mut self, lifecycles: &Lifecycles) {
        for ((kind, api_version), life) in &lifecycles.0 {
            let minor =
                |minor: Option<u32>| minor.and_then(|minor| u16::try_from(minor).ok()).unwrap_or(NONE);
            let (version, replacement) = life
                .replacement
                .as_ref()
                .map_or((NONE, NONE), |(version, kind)| (self.text(version), self.text(kind)));
            let (deprecated, removed) = (minor(life.deprecated), minor(life.removed));
            if deprecated == NONE && removed == NONE {
                continue;
            }
            let row = [self.text(kind), self.text(api_version), deprecated, removed, version, replacement];
            self.lifecycles.push(row);
        }
    }

    fn text(&self, text: &str) -> u16 {
        self.numbers.strings[text]
    }

    fn shape(&mut self, shape: &Shape) -> anyhow::Result<u16> {
        if let Some(number) = self.numbers.shapes.get(shape) {
            return Ok(*number);
        }
        let first = short(self.fields.len())?;
        for (name, field) in shape {
            let row = [self.text(name), self.kind(&field.kind)?, u16::from(field.required)];
            self.fields.push(row);
        }
        let number = short(self.shapes.len())?;
        self.shapes.push([first, short(shape.len())?]);
        self.numbers.shapes.insert(shape.clone(), number);
        Ok(number)
    }

    /// A type is a byte that says which, and a number that says of what.
    fn kind(&mut self, kind: &Type) -> anyhow::Result<u16> {
        let (tag, of) = match kind {
            Type::Any => (0, 0),
            Type::String => (1, 0),
            Type::Boolean => (2, 0),
            Type::Int32 => (3, 0),
            Type::Int64 => (4, 0),
            Type::Number => (5, 0),
            Type::Quantity => (6, 0),
            Type::IntOrString => (7, 0),
            Type::Time => (8, 0),
            Type::Bytes => (9, 0),
            Type::Object => (10, 0),
            Type::Array(item) => (11, self.kind(item)?),
            Type::Map(value) => (12, self.kind(value)?),
            Type::Definition(name) => (13, self.numbers.definitions[name]),
            Type::DefinitionOrElse(name) => (14, self.numbers.definitions[name]),
            Type::Enum(values) => (15, self.values(values)?),
        };
        let row = tag | u32::from(of) << 16;
        if let Some(number) = self.numbers.types.get(&row) {
            return Ok(*number);
        }
        let number = short(self.types.len())?;
        self.types.push(row);
        self.numbers.types.insert(row, number);
        Ok(number)
    }

    fn values(&mut self, values: &[String]) -> anyhow::Result<u16> {
        if let Some(number) = self.numbers.enums.get(values) {
            return Ok(*number);
        }
        let first = short(self.enum_values.len())?;
        for value in values {
            self.enum_values.push(self.text(value));
        }
        let number = short(self.enums.len())?;
        self.enums.push([first, short(values.len())?]);
        self.numbers.enums.insert(values.to_vec(), number);
        Ok(number)
    }

    /// The file: a line for people, where each section begins and how long it is, and the sections.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut offsets = vec![0_u32];
        for text in &self.strings {
            offsets.push(offsets.last().copied().unwrap_or(0) + u32::try_from(text.len()).unwrap_or(0));
        }
        let sections = [
            shorts(&self.versions),
            offsets.iter().flat_map(|offset| offset.to_le_bytes()).collect(),
            self.strings.concat().into_bytes(),
            self.types.iter().flat_map(|row| row.to_le_bytes()).collect(),
            shorts(self.fields.as_flattened()),
            shorts(self.shapes.as_flattened()),
            shorts(&self.definitions),
            shorts(self.kinds.as_flattened()),
            shorts(self.lifecycles.as_flattened()),
            shorts(self.enums.as_flattened()),
            shorts(&self.enum_values),
        ];
        let mut bytes = HEAD.as_bytes().to_vec();
        let mut offset = HEAD.len() + sections.len() * 8;
        for section in &sections {
            for number in [offset, section.len()] {
                bytes.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
            }
            offset += section.len();
        }
        bytes.extend(sections.concat());
        bytes
    }

    /// How much there is.
    pub(super) fn summary(&self) -> String {
        format!(
            "{} versions, {} kinds, {} definitions of {} shapes with {} fields, {} names, {} lifecycles",
            self.versions.len(),
            self.kinds.len(),
            self.numbers.definitions.len(),
            self.shapes.len(),
            self.fields.len(),
            self.strings.len(),
            self.lifecycles.len()
        )
    }
}

fn shorts(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn short(number: usize) -> anyhow::Result<u16> {
    u16::try_from(number).ok().filter(|number| *number != NONE).context("the table has outgrown its numbers")
}

/// Every text, in the order that fields are looked up by.
fn texts(schemas: &Versions, lifecycles: &Lifecycles) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for version in schemas.0.values() {
        for (kind, api_version) in version.kinds.keys() {
            texts.extend([kind.clone(), api_version.clone()]);
        }
        for (name, field) in version.definitions.values().flatten() {
            texts.insert(name.clone());
            let mut kind = &field.kind;
            while let Type::Array(item) | Type::Map(item) = kind {
                kind = item;
            }
            if let Type::Enum(values) = kind {
                texts.extend(values.iter().cloned());
            }
        }
    }
    for ((kind, api_version), life) in &lifecycles.0 {
        texts.extend([kind.clone(), api_version.clone()]);
        if let Some((version, kind)) = &life.replacement {
            texts.extend([version.clone(), kind.clone()]);
        }
    }
    texts
}
