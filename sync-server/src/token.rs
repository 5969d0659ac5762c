//! Creation tokens: how an operator lets some people make mailboxes and others not.
//!
//! A token is `id[16] | expires_ms u64 | HMAC-SHA256(operator key, "belay/v1/token" 0 id expires_ms)`
//! in base32. It is good for one mailbox. Tokens are handed out in batches of 24, and two tokens of one
//! batch have nothing in common, so the relay cannot tell whose mailboxes belong together.

use std::fmt;

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::engine::SpentToken;
use crate::{RelayError, random};

/// Tokens in a batch.
pub const BATCH: usize = 24;

const LABEL: &[u8] = b"belay/v1/token\0";
const LEN: usize = 16 + 8 + 32;

/// The key an operator's tokens are made with. Secret; kept beside the data.
#[derive(Clone)]
pub struct OperatorKey([u8; 32]);

impl OperatorKey {
    /// A new key from the system's randomness.
    ///
    /// # Errors
    /// `NoRandomness`.
    pub fn make() -> Result<Self, RelayError> {
        let mut key = [0; 32];
        random::fill(&mut key)?;
        Ok(Self(key))
    }

    /// Reads 64 hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = HEXLOWER.decode(text.trim().as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The key as text, to be kept in a file only its owner reads.
    #[must_use]
    pub fn to_text(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// A batch of tokens that are good until `expires_ms`.
    ///
    /// # Errors
    /// `NoRandomness`.
    pub fn make_batch(&self, expires_ms: i64) -> Result<Vec<String>, RelayError> {
        (0..BATCH)
            .map(|_| {
                let mut id = [0; 16];
                random::fill(&mut id)?;
                let mut token = Vec::with_capacity(LEN);
                token.extend_from_slice(&id);
                token.extend_from_slice(&expires_ms.to_le_bytes());
                token.extend_from_slice(&self.code(&id, expires_ms));
                Ok(BASE32_NOPAD.encode(&token).to_ascii_lowercase())
            })
            .collect()
    }

    /// The token's id if this key made it and it has not expired. Whether it was used before is known
    /// where mailboxes are kept.
    #[must_use]
    pub fn check(&self, text: &str, now_ms: i64) -> Option<SpentToken> {
        let token = BASE32_NOPAD
            .decode(text.to_ascii_uppercase().as_bytes())
            .ok()?;
        let token: [u8; LEN] = token.try_into().ok()?;
        let (id, rest) = token.split_first_chunk::<16>()?;
        let (expires, code) = rest.split_first_chunk::<8>()?;
        let expires_ms = i64::from_le_bytes(*expires);
        let fits: bool = self.code(id, expires_ms).ct_eq(code).into();
        (fits && expires_ms > now_ms).then_some(SpentToken {
            id: *id,
            expires_ms,
        })
    }

    fn code(&self, id: &[u8; 16], expires_ms: i64) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0)
            .expect("HMAC takes a key of any length");
        mac.update(LABEL);
        mac.update(id);
        mac.update(&expires_ms.to_le_bytes());
        mac.finalize().into_bytes().into()
    }
}

impl Drop for OperatorKey {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

impl fmt::Debug for OperatorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OperatorKey(..)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_batch_is_good_until_it_expires_and_only_here() {
        let key = OperatorKey::make().unwrap();
        let batch = key.make_batch(1000).unwrap();
        assert_eq!(batch.len(), 24);
        for token in &batch {
            let spent = key.check(token, 999).unwrap();
            assert_eq!(spent.expires_ms, 1000);
            assert_eq!(key.check(token, 1000), None);
            assert_eq!(OperatorKey::make().unwrap().check(token, 0), None);
        }
        assert_eq!(
            OperatorKey::parse(&key.to_text()).unwrap().to_text(),
            key.to_text()
        );
    }

    #[test]
    fn a_changed_token_is_refused() {
        let key = OperatorKey::make().unwrap();
        let token = key.make_batch(1000).unwrap().remove(0);
        for at in 0..token.len() - 1 {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'a' { b'b' } else { b'a' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(key.check(&changed, 0), None, "{at}");
        }
        assert_eq!(key.check("", 0), None);
        assert_eq!(key.check("é", 0), None);
    }
}
