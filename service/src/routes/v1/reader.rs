//! Reads a query strictly: whoever mistypes a parameter is told, all at once, and gets no other report.

use rocket::http::RawStr;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Parameter;
use crate::error::{Error, Fault};
use crate::reports::nearest;

/// A query, as far as it is read.
pub(in crate::routes) struct Reader {
    given: Vec<(String, String)>,
    /// What is no query of this report.
    malformed: Vec<Fault>,
    /// What is one, and cannot be answered.
    contradictions: Vec<Fault>,
}

impl Reader {
    /// Splits `query`; whatever is not in `known`, or comes twice, is a fault.
    pub(in crate::routes) fn new(query: &str, known: &[&Parameter]) -> Reader {
        let mut reader = Reader { given: Vec::new(), malformed: Vec::new(), contradictions: Vec::new() };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match (RawStr::new(name).url_decode(), RawStr::new(value).url_decode()) {
                (Ok(name), Ok(value)) => reader.add(&name, &value, known),
                _ => reader.malformed.push(Fault::new(name, "it is not UTF-8 once it is decoded".to_owned())),
            }
        }
        reader
    }

    fn add(&mut self, name: &str, value: &str, known: &[&Parameter]) {
        let names = || known.iter().map(|parameter| parameter.name);
        if !names().any(|known| known == name) {
            let names_there = names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let mend = match nearest(name, names()) {
                Some(meant) => format!("is it `{meant}` that you mean?"),
                None if names_there.is_empty() => "this has none".to_owned(),
                None => format!("there are {names_there}"),
            };
            self.malformed.push(Fault::new(name, format!("there is no such parameter: {mend}")));
        } else if self.given.iter().any(|(given, _)| given == name) {
            // One fault for each, however often it is there.
            if !self.malformed.iter().any(|fault| fault.parameter == name) {
                self.malformed.push(Fault::new(name, "it is there more than once: give it once".to_owned()));
            }
        } else {
            self.given.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Whether `parameter` was given.
    pub(in crate::routes) fn has(&self, parameter: &Parameter) -> bool {
        self.given.iter().any(|(name, _)| name == parameter.name)
    }

    /// Reads a parameter; `None` if it was not given, or is wrong.
    pub(in crate::routes) fn take<T>(
        &mut self,
        parameter: &Parameter,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let (_, value) = self.given.iter().find(|(name, _)| name == parameter.name)?;
        match read(value) {
            Ok(value) => Some(value),
            Err(detail) => {
                self.malformed.push(Fault::new(parameter.name, detail));
                None
            }
        }
    }

    /// Reads a parameter that is one of a few words, as its schema has them.
    pub(in crate::routes) fn word<T: DeserializeOwned>(&mut self, parameter: &Parameter) -> Option<T> {
        self.take(parameter, |text| {
            serde_json::from_value(Value::from(text)).map_err(|_| {
                let schema = (parameter.schema)();
                let words = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
                let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
                format!("`{text}` is none of {}", words.join(", "))
            })
        })
    }

    /// Says that a parameter is well-formed, and cannot be answered.
    pub(in crate::routes) fn contradict(&mut self, parameter: &Parameter, detail: String) {
        self.contradictions.push(Fault::new(parameter.name, detail));
    }

    /// Whether all is well so far, or else what is wrong: with its form, before its meaning.
    pub(in crate::routes) fn finish(self) -> Result<(), Error> {
        match (self.malformed.is_empty(), self.contradictions.is_empty()) {
            (true, true) => Ok(()),
            (true, false) => Err(Error::Contradiction(self.contradictions)),
            (false, _) => {
                Err(Error::Malformed(self.malformed.into_iter().chain(self.contradictions).collect()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parameters::{FILL, FROM, LIMIT};
    use super::*;

    fn faults(query: &str) -> Vec<(String, String)> {
        let mut reader = Reader::new(query, &[&FROM, &LIMIT, &FILL]);
        let _: Option<crate::reports::Granularity> = reader.word(&FILL);
        match reader.finish() {
            Ok(()) => Vec::new(),
            Err(Error::Malformed(faults) | Error::Contradiction(faults)) => {
                faults.into_iter().map(|fault| (fault.parameter, fault.detail)).collect()
            }
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn every_fault_is_told() {
        let fault = |name: &str, detail: &str| (name.to_owned(), detail.to_owned());
        assert_eq!(faults(""), []);
        assert_eq!(faults("from=2026-01-01&limit=3&&"), []);
        assert_eq!(
            faults("form=1&limit=1&limit=2&limit=3&b%20ad=&fill=%ff&fill=zer%6F"),
            [
                fault("form", "there is no such parameter: is it `from` that you mean?"),
                fault("limit", "it is there more than once: give it once"),
                fault("b ad", "there is no such parameter: there are `from`, `limit`, `fill`"),
                fault("fill", "it is not UTF-8 once it is decoded"),
                fault("fill", "`zero` is none of `zero`, `none`"),
            ]
        );
    }
}
