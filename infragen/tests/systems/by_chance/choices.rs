//! A choice by chance is a number of a list, so that a failure shrinks to few numbers and small ones.

use std::slice::Iter;

use infragen::spec::quantity::{Cpu, DnsLabel, Memory, Percent, Quantity, Seconds};

/// What was chosen, to be taken one by one. When nothing is left, each choice is the first and simplest.
pub(crate) struct Choices<'n> {
    left: Iter<'n, u32>,
    names: u32,
}

impl<'n> Choices<'n> {
    pub(crate) fn new(numbers: &'n [u32]) -> Self {
        Self { left: numbers.iter(), names: 0 }
    }

    /// A number from the least to the most; the least is the simplest.
    pub(crate) fn number(&mut self, least: u32, most: u32) -> u32 {
        let chosen = u64::from(self.left.next().copied().unwrap_or_default());
        // By size and not by remainder, so that smaller numbers are simpler choices.
        least + u32::try_from((chosen * (u64::from(most - least) + 1)) >> 32).unwrap()
    }

    /// Whether something is there that need not be.
    pub(crate) fn maybe(&mut self) -> bool {
        self.number(0, 1) == 1
    }

    /// One of several.
    pub(crate) fn one<T: Clone>(&mut self, of: &[T]) -> T {
        let index = self.number(0, u32::try_from(of.len() - 1).unwrap());
        of[usize::try_from(index).unwrap()].clone()
    }

    /// Some of several, in their order.
    pub(crate) fn some<T: Clone>(&mut self, of: &[T]) -> Vec<T> {
        of.iter().filter(|_| self.maybe()).cloned().collect()
    }

    /// A text that a quantity is read from.
    pub(crate) fn text<T: Quantity>(&mut self, of: &[&str]) -> T {
        quantity(self.one(of))
    }

    /// A name that nothing else has, which may be as long as any.
    pub(crate) fn name(&mut self) -> DnsLabel {
        let long = "a-name-as-long-as-any-may-be-which-nobody-would-ever-write";
        let name = self.short_name();
        if self.number(0, 9) == 9 { quantity(&format!("{long}-{}", self.names)) } else { name }
    }

    /// A name that nothing else has: no word of YAML's or of Kubernetes' is too odd for it.
    pub(crate) fn short_name(&mut self) -> DnsLabel {
        self.names += 1;
        let stem = self.one(&[
            "a",
            "api",
            "null",
            "true",
            "on",
            "y",
            "e1",
            "default",
            "data",
            "spec",
            "x-0755",
            "kube-system",
            "nightly-reports-of-all-departments",
        ]);
        quantity(&format!("{stem}-{}", self.names))
    }

    pub(crate) fn cpu(&mut self, least: u32, most: u32) -> Cpu {
        Cpu::from_millicores(self.number(least, most).into()).unwrap()
    }

    /// In MiB.
    pub(crate) fn memory(&mut self, least: u32, most: u32) -> Memory {
        Memory::from_bytes(u64::from(self.number(least, most)) << 20).unwrap()
    }

    pub(crate) fn percent(&mut self) -> Percent {
        Percent::from_number(self.number(1, 100)).unwrap()
    }

    pub(crate) fn seconds(&mut self, least: u32, most: u32) -> Seconds {
        Seconds::from_number(self.number(least, most)).unwrap()
    }

    /// Text that YAML would read as something else, if it were written as it is.
    pub(crate) fn words(&mut self) -> String {
        let words = [
            "plain",
            "",
            " ",
            "on",
            "0755",
            "1e3",
            "null",
            "~",
            "2026-01-01",
            "a: b",
            "- a",
            "#no",
            "\"",
            "'",
            "é\u{85}",
            "a\nb\n",
            "\ttab",
            "$(HOME)",
            "{{ x }}",
            "&a *b",
            "!!str",
            "%",
            "\u{7f}",
            "12:30:45",
            "0x1F",
            ".inf",
            "=",
        ];
        self.one(&words).to_owned()
    }
}

/// A quantity of a text that is one.
pub(crate) fn quantity<T: Quantity>(text: &str) -> T {
    T::from_text(text).unwrap_or_else(|nonsense| panic!("{nonsense}"))
}
