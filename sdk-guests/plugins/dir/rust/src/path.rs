//! Guest paths: absolute, `/` between names, on every host.

/// The absolute path that a query's text stands for. `..` takes a name away and stays at the root when none is left.
pub fn normalize(text: &str) -> String {
    let mut names = Vec::new();
    for name in text.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            _ => names.push(name),
        }
    }
    format!("/{}", names.join("/"))
}

/// The path of the entry `name` in a folder.
pub fn join(folder: &str, name: &str) -> String {
    if folder == "/" { format!("/{name}") } else { format!("{folder}/{name}") }
}
