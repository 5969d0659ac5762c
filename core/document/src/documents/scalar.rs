//! The values that stand in a document's fields.

use automerge::{ScalarValue, Value};

/// A field's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar {
    /// A flag.
    Bool(bool),
    /// A number that is never negative.
    Uint(u64),
    /// A number.
    Int(i64),
    /// A text, replaced as a whole.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A type this program does not write; kept as it is, never written back.
    Other,
}

impl Scalar {
    pub(super) fn from_value(value: &Value<'_>) -> Self {
        let Value::Scalar(scalar) = value else {
            return Self::Other;
        };
        match scalar.as_ref() {
            ScalarValue::Boolean(value) => Self::Bool(*value),
            ScalarValue::Uint(value) => Self::Uint(*value),
            ScalarValue::Int(value) => Self::Int(*value),
            ScalarValue::Str(value) => Self::Text(value.to_string()),
            ScalarValue::Bytes(value) => Self::Bytes(value.clone()),
            _ => Self::Other,
        }
    }

    /// The form Automerge stores; `None` for [`Scalar::Other`].
    pub(super) fn to_stored(&self) -> Option<ScalarValue> {
        match self {
            Self::Bool(value) => Some(ScalarValue::Boolean(*value)),
            Self::Uint(value) => Some(ScalarValue::Uint(*value)),
            Self::Int(value) => Some(ScalarValue::Int(*value)),
            Self::Text(value) => Some(ScalarValue::Str(value.as_str().into())),
            Self::Bytes(value) => Some(ScalarValue::Bytes(value.clone())),
            Self::Other => None,
        }
    }

    /// About how many bytes the value takes in a change.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Text(value) => value.len(),
            Self::Bytes(value) => value.len(),
            _ => 10,
        }
    }
}

impl From<&str> for Scalar {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
