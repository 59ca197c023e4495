//! Every macro of this folder is in the lists that a reader, a prelude and a compile error count on.

use std::{fs, path::Path};

#[test]
fn every_macro_is_in_every_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/spec/quantity");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let (module, input, properties) = (read("mod.rs"), read("input.rs"), read("properties.rs"));
    let (_, macros) = module.split_once("pub mod macros").unwrap();
    let mut seen = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let source = fs::read_to_string(entry.unwrap().path()).unwrap();
        let Some((_, exported)) = source.split_once("#[macro_export]\nmacro_rules! ") else { continue };
        let (name, rest) = exported.split_once(' ').unwrap();
        let (_, rest) = rest.split_once("const CHECKED: $crate::spec::quantity::").unwrap();
        let (quantity, _) = rest.split_once(' ').unwrap();
        assert!(macros.contains(&format!(" {name},")), "`{name}` is missing in `macros` of mod.rs");
        assert!(
            input.contains(&format!("{quantity} {name}!(")),
            "`{name}` is missing in the notes of input.rs"
        );
        assert!(
            properties.contains(quantity),
            "`{quantity}` is missing in `every_quantity!` of properties.rs"
        );
        seen += 1;
    }
    assert!(seen >= 26, "the macros are no longer found: {seen}");
}
