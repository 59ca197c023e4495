//! Texts by chance: those of the corpus, cut, joined, repeated and strewn with what means something in YAML.

/// What means something to the parser, the reader or a rule.
const SIGNS: [&str; 40] = [
    "---\n",
    "...\n",
    "- ",
    "? ",
    ": ",
    ":\n",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "&a ",
    "*a",
    "<<: *a\n",
    "!!str ",
    "!x ",
    "|\n",
    ">-\n",
    "|2+\n",
    "\"",
    "'",
    "\\",
    "#",
    "\t",
    "\r\n",
    "\u{FEFF}",
    "\u{85}",
    "é",
    "null",
    "~",
    "0o7",
    "1e999",
    "-0",
    "18446744073709551616",
    ".inf",
    "kind: Pod\n",
    "apiVersion: v1\n",
    "items:\n- ",
    "{{ .Values.a }}",
    "%YAML 1.1\n",
];

pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % end.max(1) as u64).unwrap()
    }

    /// One of the texts, changed a few times.
    pub(crate) fn text(&mut self, of: &[Vec<u8>]) -> Vec<u8> {
        let mut text = of[self.below(of.len())].clone();
        for _ in 0..=self.below(6) {
            self.change(&mut text, of);
        }
        text.truncate(64 << 10);
        text
    }

    fn change(&mut self, text: &mut Vec<u8>, of: &[Vec<u8>]) {
        let (from, to) = self.stretch(text);
        match self.below(7) {
            0 => drop(text.drain(from..to)),
            1 => {
                let sign = SIGNS[self.below(SIGNS.len())];
                text.splice(from..from, sign.bytes());
            }
            2 => {
                let sign = SIGNS[self.below(SIGNS.len())];
                text.splice(from..to, sign.bytes());
            }
            3 => {
                let stretch = text[from..to].repeat(1 + self.below(8));
                text.splice(to..to, stretch);
            }
            4 => {
                let other = &of[self.below(of.len())];
                let (start, end) = self.stretch(other);
                text.splice(from..to, other[start..end].iter().copied());
            }
            5 => {
                if let Some(byte) = text.get_mut(from) {
                    *byte ^= 1 << self.below(8);
                }
            }
            _ => self.line(text),
        }
    }

    /// Moves a line to the left or to the right, as a slip of the hand does.
    fn line(&mut self, text: &mut Vec<u8>) {
        let at = self.below(text.len());
        let start = text[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        if self.below(2) == 0 {
            text.splice(start..start, [b' '; 2]);
        } else if text[start..].starts_with(b"  ") {
            text.drain(start..start + 2);
        }
    }

    fn stretch(&mut self, text: &[u8]) -> (usize, usize) {
        let from = self.below(text.len() + 1);
        let most = 1 << (1 + self.below(9));
        let length = self.below(most);
        (from, (from + length).min(text.len()))
    }
}
