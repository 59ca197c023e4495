//! The embedded bytes, section by section. `infragen/schemas/README.md` says what stands where.

static BYTES: &[u8] = include_bytes!("../../schemas/kubernetes.bin");

/// The sections, found while infragen is compiled.
pub(super) static TABLE: Table = Table::of(BYTES);

/// Stands for none.
const NONE: u16 = u16::MAX;
const SECTIONS: usize = 11;

pub(super) struct Table {
    pub(super) versions: Rows<1>,
    offsets: &'static [u8],
    text: &'static [u8],
    types: Rows<2>,
    pub(super) fields: Rows<3>,
    pub(super) shapes: Rows<2>,
    pub(super) definitions: Rows<1>,
    pub(super) kinds: Rows<5>,
    pub(super) lifecycles: Rows<6>,
    enums: Rows<2>,
    enum_values: Rows<1>,
}

/// Rows of 16-bit numbers.
#[derive(Clone, Copy)]
pub(super) struct Rows<const N: usize>(&'static [u8]);

/// The number of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextId(u16);

impl Table {
    const fn of(bytes: &'static [u8]) -> Self {
        let mut start = 0;
        while bytes[start] != b'\n' {
            start += 1;
        }
        let mut sections: [&[u8]; SECTIONS] = [&[]; SECTIONS];
        let mut index = 0;
        while index < SECTIONS {
            let at = start + 1 + index * 8;
            let (offset, length) = (word(bytes, at), word(bytes, at + 4));
            sections[index] = bytes.split_at(offset).1.split_at(length).0;
            index += 1;
        }
        Self {
            versions: Rows(sections[0]),
            offsets: sections[1],
            text: sections[2],
            types: Rows(sections[3]),
            fields: Rows(sections[4]),
            shapes: Rows(sections[5]),
            definitions: Rows(sections[6]),
            kinds: Rows(sections[7]),
            lifecycles: Rows(sections[8]),
            enums: Rows(sections[9]),
            enum_values: Rows(sections[10]),
        }
    }

    /// A text's bytes.
    pub(super) fn bytes(&self, id: TextId) -> &'static [u8] {
        let at = usize::from(id.0) * 4;
        if at + 8 > self.offsets.len() {
            return &[];
        }
        self.text.get(word(self.offsets, at)..word(self.offsets, at + 4)).unwrap_or_default()
    }

    /// A text.
    pub(super) fn text(&self, id: TextId) -> &'static str {
        str::from_utf8(self.bytes(id)).unwrap_or_default()
    }

    /// Which type it is, and of what.
    pub(super) fn kind(&self, id: u16) -> [u16; 2] {
        self.types.row(id.into())
    }

    /// The texts that an enumeration allows.
    pub(super) fn values(&self, id: u16) -> impl Iterator<Item = &'static str> {
        let [first, count] = self.enums.row(id.into());
        let rows = usize::from(first)..usize::from(first) + usize::from(count);
        rows.filter_map(|row| TextId::some(self.enum_values.row(row)[0])).map(|id| self.text(id))
    }
}

impl<const N: usize> Rows<N> {
    /// How many there are.
    pub(super) const fn len(self) -> usize {
        self.0.len() / (2 * N)
    }

    /// One row; past the last, a row of nothing.
    pub(super) fn row(self, index: usize) -> [u16; N] {
        let mut row = [NONE; N];
        let bytes = self.0.get(index * 2 * N..(index + 1) * 2 * N).unwrap_or_default();
        for (number, pair) in row.iter_mut().zip(bytes.as_chunks().0) {
            *number = u16::from_le_bytes(*pair);
        }
        row
    }

    /// All of them.
    pub(super) fn iter(self) -> impl DoubleEndedIterator<Item = [u16; N]> {
        (0..self.len()).map(move |index| self.row(index))
    }
}

impl TextId {
    pub(super) const fn new(number: u16) -> Self {
        Self(number)
    }

    /// The number, unless it stands for none.
    pub(super) fn some(number: u16) -> Option<Self> {
        some(number).map(Self)
    }
}

/// The number, unless it stands for none.
pub(super) fn some(number: u16) -> Option<u16> {
    (number != NONE).then_some(number)
}

const fn word(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize
}
