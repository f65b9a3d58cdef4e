//! The names that the record contract gives to stances, acts and kinds, and the way back from a name.

/// A name that is not among those known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{typed}` is no {what} (known: {})", known.join(", "))]
pub struct NameError {
    pub typed: String,
    /// What it should have named: `act`.
    pub what: &'static str,
    pub known: &'static [&'static str],
}

/// Returns the value that goes by this name; `names` and `values` are in the same order.
pub(super) fn named<T: Copy>(
    typed: &str,
    what: &'static str,
    names: &'static [&'static str],
    values: &[T],
) -> Result<T, NameError> {
    let place = names.iter().position(|name| *name == typed);
    let value = place.and_then(|place| values.get(place)).copied();
    value.ok_or_else(|| NameError { typed: typed.to_string(), what, known: names })
}

/// Checks that the values are all that there are, that each has the name of the contract, and that the name leads back.
#[cfg(test)]
pub(super) fn check_names<T>(all: &[T], name: fn(T) -> &'static str)
where
    T: Copy + PartialEq + std::fmt::Debug + serde::Serialize + schemars::JsonSchema + std::str::FromStr,
{
    let schema = schemars::schema_for!(T).to_value();
    let mut listed: Vec<&str> = schema["enum"].as_array().into_iter().flatten().filter_map(|v| v.as_str()).collect();
    listed.extend(schema["oneOf"].as_array().into_iter().flatten().filter_map(|v| v["const"].as_str()));
    assert_eq!(all.iter().map(|value| name(*value)).collect::<Vec<_>>(), listed);
    for value in all {
        assert_eq!(serde_json::to_value(value).ok(), Some(name(*value).into()));
        assert_eq!(name(*value).parse().ok(), Some(*value));
    }
}
