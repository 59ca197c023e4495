//! Bars of a range, with the period before as a line of steps: geometry for an SVG.

use std::fmt::Write as _;

use serde::Serialize;

use super::numbers::{grouped, short};

/// What a bar shows.
pub(super) struct Value {
    /// What it is called in full.
    pub(super) name: String,
    /// What stands below it, if there is room.
    pub(super) short_name: String,
    /// Its height.
    pub(super) visits: i64,
    /// The height of the line above or before it.
    pub(super) before: i64,
    /// Whether it is over; what is not is drawn dashed.
    pub(super) complete: bool,
    /// Whether it has begun; what has not is no bar.
    pub(super) begun: bool,
}

/// A size in which the chart is drawn.
pub(super) struct Size {
    /// The class by which the stylesheet shows it on a screen of this width.
    pub(super) class: &'static str,
    /// Units of the drawing.
    pub(super) width: f64,
    pub(super) height: f64,
    /// How many names there is room for below the bars.
    pub(super) names: usize,
}

/// On a desk, and on a phone.
pub(super) const SIZES: [Size; 2] = [
    Size { class: "wide", width: 960.0, height: 320.0, names: 10 },
    Size { class: "narrow", width: 400.0, height: 280.0, names: 4 },
];

/// A chart, ready to be drawn.
#[derive(Debug, Serialize)]
pub struct Chart {
    class: &'static str,
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    bottom: f64,
    bars: Vec<Bar>,
    /// The line of the period before; empty without one.
    line: String,
    grid: Vec<Mark>,
    names: Vec<Mark>,
}

/// A bar, and the strip of the chart that it stands in.
#[derive(Debug, Serialize)]
struct Bar {
    title: String,
    complete: bool,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    strip_x: f64,
    strip_width: f64,
}

/// A text at a place.
#[derive(Debug, Serialize)]
struct Mark {
    at: f64,
    text: String,
}

const LEFT: f64 = 52.0;
const RIGHT: f64 = 8.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 30.0;
/// No bar is wider: a single day is no wall.
const WIDEST: f64 = 72.0;

impl Chart {
    /// Draws `values`.
    pub(super) fn new(values: &[Value], size: &Size) -> Chart {
        let bottom = size.height - BOTTOM;
        let plot = size.width - LEFT - RIGHT;
        let most = values.iter().map(|value| value.visits.max(value.before)).max().unwrap_or(0);
        let step = nice_step(most as f64);
        let top = (most as f64 / step).ceil().max(1.0) * step;
        let height = |number: f64| rounded(number / top * (bottom - TOP));
        let strip = plot / values.len().max(1) as f64;
        let bar = |(index, value): (usize, &Value)| {
            let strip_x = LEFT + strip * index as f64;
            let width = (strip * 0.72).min(WIDEST);
            // A single visit is seen, however high the others are, and so is a day that has just begun.
            let least = match (value.begun && !value.complete, value.visits) {
                (true, _) => 4.0,
                (false, 0) => 0.0,
                (false, _) => 1.5,
            };
            let tall = height(value.visits as f64).max(least);
            Bar {
                title: title(value),
                complete: value.complete,
                x: rounded(strip_x + (strip - width) / 2.0),
                y: rounded(bottom - tall),
                width: rounded(width),
                height: rounded(tall),
                strip_x: rounded(strip_x),
                strip_width: rounded(strip),
            }
        };
        let steps = (top / step) as usize;
        let grid = (0..=steps).map(|index| {
            let number = index as f64 * step;
            Mark { at: rounded(bottom - height(number)), text: short(number) }
        });
        let every = values.len().div_ceil(size.names).max(1);
        let names = values.iter().enumerate().filter(|(index, _)| index % every == 0);
        let middle = |index: usize| rounded(LEFT + strip * (index as f64 + 0.5));
        Chart {
            class: size.class,
            width: size.width,
            height: size.height,
            left: LEFT,
            right: size.width - RIGHT,
            bottom,
            bars: values.iter().enumerate().map(bar).collect(),
            line: line(values, strip, |number| rounded(bottom - height(number))),
            grid: grid.collect(),
            names: names
                .map(|(index, value)| Mark { at: middle(index), text: value.short_name.clone() })
                .collect(),
        }
    }
}

fn title(value: &Value) -> String {
    let unit = if value.visits == 1 { "visit" } else { "visits" };
    let so_far = if value.complete { "" } else { " so far" };
    let (visits, before) = (grouped(value.visits), grouped(value.before));
    format!("{}: {visits} {unit}{so_far}, {before} before", value.name)
}

/// Steps from strip to strip; none if there was nothing before.
fn line(values: &[Value], strip: f64, y: impl Fn(f64) -> f64) -> String {
    if values.iter().all(|value| value.before == 0) {
        return String::new();
    }
    let mut path = String::new();
    for (index, value) in values.iter().enumerate() {
        let start = if index == 0 { format!("M{LEFT} ") } else { "V".to_owned() };
        let end = rounded(LEFT + strip * (index + 1) as f64);
        // Writing to a String cannot fail.
        let _ = write!(path, "{start}{}H{end}", y(value.before as f64));
    }
    path
}

/// A step of 1, 2 or 5 and zeros, of which about four reach `most`; never less than 1.
fn nice_step(most: f64) -> f64 {
    let rough = (most / 4.0).max(1.0);
    let power = 10_f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|digit| digit * power).find(|step| *step >= rough).unwrap_or(rough)
}

/// To the tenth of a unit: nobody sees more, and everybody loads it.
fn rounded(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(visits: i64, before: i64) -> Value {
        Value { name: "Day".into(), short_name: "D".into(), visits, before, complete: true, begun: true }
    }

    #[test]
    fn steps_are_round() {
        for (most, step) in
            [(0.0, 1.0), (3.0, 1.0), (7.0, 2.0), (70.0, 20.0), (1000.0, 500.0), (9.2e18, 5e18)]
        {
            assert_eq!(nice_step(most), step, "{most}");
        }
    }

    #[test]
    fn nothing_is_drawn_outside() {
        for values in [
            vec![],
            vec![value(0, 0)],
            vec![value(1, 0)],
            vec![value(i64::MAX, i64::MAX), value(1, 0)],
            (0..3660).map(|n| value(n % 70, n % 50)).collect::<Vec<_>>(),
        ] {
            for size in &SIZES {
                let chart = Chart::new(&values, size);
                assert_eq!(chart.bars.len(), values.len());
                for bar in &chart.bars {
                    assert!(bar.x >= LEFT - 0.1 && bar.x + bar.width <= size.width - RIGHT + 0.2, "{bar:?}");
                    assert!(bar.y >= TOP - 0.1 && bar.y + bar.height <= chart.bottom + 0.1, "{bar:?}");
                }
                assert!(chart.names.len() <= size.names && chart.grid.len() <= 6, "{chart:?}");
                assert!(!chart.grid.is_empty());
            }
        }
    }

    #[test]
    fn heights_are_what_they_tell() {
        let chart = Chart::new(&[value(20, 40), value(40, 0)], &SIZES[0]);
        let [low, high] = &chart.bars[..] else { panic!() };
        assert_eq!(low.height * 2.0, high.height);
        assert_eq!(chart.line, format!("M52 {}H502V{}H952", high.y, chart.bottom));
        assert_eq!(low.title, "Day: 20 visits, 40 before");
        assert_eq!(Chart::new(&[value(1, 0)], &SIZES[0]).line, "");
        let today = Chart::new(&[Value { complete: false, ..value(0, 0) }], &SIZES[0]);
        assert!(today.bars[0].height > 0.0 && !today.bars[0].complete);
    }
}
