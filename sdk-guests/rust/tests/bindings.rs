//! `generate!` makes bindings that need no other dependency than this crate.

componium_guest::generate!({
    inline: "
        package test:greeting@0.1.0;

        interface greeter {
          record greeting { text: string, words: list<string> }
          flags mood { polite, loud }
          greet: func(name: string, mood: mood) -> result<greeting, string>;
        }

        world plugin { export greeter; }
    ",
    world: "plugin",
});

use exports::test::greeting::greeter::{Greeting, Guest, Mood};

struct Greeter;

impl Guest for Greeter {
    fn greet(name: String, mood: Mood) -> Result<Greeting, String> {
        if name.is_empty() {
            return Err("nobody to greet".into());
        }
        let mark = if mood.contains(Mood::LOUD) { "!" } else { "." };
        let text = format!("Hello {name}{mark}");
        let words = text.split(' ').map(Into::into).collect();
        Ok(Greeting { text, words })
    }
}

export!(Greeter);

#[test]
fn a_plugin_is_a_type_with_the_generated_trait() {
    let greeting = Greeter::greet("Ada".into(), Mood::LOUD).unwrap();
    assert_eq!(greeting.text, "Hello Ada!");
    assert_eq!(greeting.words, ["Hello", "Ada!"]);
}

#[test]
fn a_wit_error_is_a_rust_error() {
    assert_eq!(Greeter::greet(String::new(), Mood::empty()).unwrap_err(), "nobody to greet");
}
