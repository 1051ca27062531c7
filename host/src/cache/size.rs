//! How large the cache may grow.

/// What holds where the user says nothing.
pub(super) const DEFAULT: u64 = 1 << 30;

/// The bytes that `COMPONIUM_CACHE_SIZE` allows; its text where that has no meaning.
pub(super) fn limit() -> Result<u64, String> {
    match std::env::var_os("COMPONIUM_CACHE_SIZE").filter(|text| !text.is_empty()) {
        None => Ok(DEFAULT),
        Some(text) => {
            let text = text.to_string_lossy().into_owned();
            parse(&text).ok_or(text)
        }
    }
}

/// Read a number of bytes, such as `2G` or `2GiB`.
fn parse(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let shift = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => 0,
        "K" | "KIB" => 10,
        "M" | "MIB" => 20,
        "G" | "GIB" => 30,
        "T" | "TIB" => 40,
        _ => return None,
    };
    digits.trim_end().parse::<u64>().ok()?.checked_mul(1 << shift)
}
