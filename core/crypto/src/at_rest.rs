//! The key of the encrypted store, and the small file beside the store that holds it wrapped.
//!
//! Layout in `docs/data-format.md`, section Key file. A check value tells a wrong secret from a
//! damaged file before anything is opened.

use argon2::{Algorithm, Argon2, Params, Version};
use belay_model::{Entropy, make_bytes};
use belay_protocol::limits::{AEAD_TAG, KEM_ENCAPSULATED, VERSION};
use belay_protocol::{ProtocolError, Reader, Writer};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::derive::{hkdf, part};
use crate::secret::secret;
use crate::{BackupPurpose, CryptoError, KemKey, aead, label, open_from_backup, seal_to_backup};

const MAGIC: &[u8; 8] = b"BELAYKEY";
const HAS_PASSCODE: u8 = 1;
const HAS_BACKUP: u8 = 2;
const WRAPPED: usize = 32 + AEAD_TAG;
const BACKUP: usize = KEM_ENCAPSULATED + WRAPPED;
/// Bytes before the nonce: what the wrap authenticates beside the key.
const HEAD: usize = 8 + 1 + 1 + 12 + 16 + 16;

secret!(
    /// The key of the encrypted store. Never changes; a new passcode only wraps it anew.
    StoreKey
);

/// What Argon2id costs (RFC 9106). Stored in the file, so it can rise later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasscodeParameters {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for PasscodeParameters {
    /// RFC 9106 section 4, second recommendation, with one lane: 64 MiB, 3 passes.
    fn default() -> Self {
        Self {
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 1,
        }
    }
}

impl PasscodeParameters {
    const NONE: Self = Self {
        memory_kib: 0,
        passes: 0,
        lanes: 0,
    };

    /// A file must not be able to make the program ask for all memory or run for ever.
    fn check(self) -> Result<(), CryptoError> {
        let lanes = (1..=8).contains(&self.lanes);
        let memory = self.memory_kib <= 1024 * 1024 && self.memory_kib >= 8 * self.lanes;
        if lanes && memory && (1..=16).contains(&self.passes) {
            Ok(())
        } else {
            Err(CryptoError::BadPasscodeParameters)
        }
    }
}

/// Hashes a passcode or words with Argon2id, version 0x13.
pub(crate) fn argon2id(
    text: &[u8],
    salt: &[u8],
    parameters: PasscodeParameters,
) -> Result<Zeroizing<[u8; 32]>, CryptoError> {
    const BAD: CryptoError = CryptoError::BadPasscodeParameters;
    parameters.check()?;
    let PasscodeParameters {
        memory_kib,
        passes,
        lanes,
    } = parameters;
    let params = Params::new(memory_kib, passes, lanes, Some(32)).map_err(|_| BAD)?;
    let mut output = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(text, salt, &mut *output)
        .map_err(|_| BAD)?;
    Ok(output)
}

/// Wraps the store key for the file beside the store. `secret` comes from the keystore or a key file;
/// it may be empty when there is a passcode. With `backup_public`, the key is also sealed to the
/// recovery backup key, so that the words open the store when the keystore has lost the secret.
///
/// # Errors
/// `NoSecret`, `BadPasscodeParameters`, `BadPublicKey`.
pub fn wrap_store_key(
    store_key: &StoreKey,
    secret: &[u8],
    passcode: Option<(&str, PasscodeParameters)>,
    backup_public: Option<&[u8]>,
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, CryptoError> {
    let parameters = passcode.map_or(PasscodeParameters::NONE, |(_, parameters)| parameters);
    let salt: [u8; 16] = make_bytes(entropy);
    let nonce: [u8; 24] = make_bytes(entropy);
    let passcode = passcode.map(|(passcode, _)| passcode);
    let (wrap_key, check) = wrap_keys(secret, passcode, parameters, &salt)?;
    let flags = passcode.map_or(0, |_| HAS_PASSCODE) | backup_public.map_or(0, |_| HAS_BACKUP);

    let mut writer = Writer::new();
    writer
        .bytes(MAGIC)
        .u8(VERSION)
        .u8(flags)
        .u32(parameters.memory_kib)
        .u32(parameters.passes)
        .u32(parameters.lanes)
        .bytes(&salt)
        .bytes(&*check);
    let mut file = writer.finish();
    let sealed = aead::seal(&wrap_key, &nonce, &file, store_key.bytes());
    file.extend_from_slice(&nonce);
    file.extend_from_slice(&sealed);
    if let Some(public) = backup_public {
        let purpose = BackupPurpose::StoreKey;
        file.extend(seal_to_backup(public, purpose, store_key.bytes(), entropy)?);
    }
    let checksum = checksum(&file);
    file.extend_from_slice(&checksum);
    Ok(file)
}

/// Takes the store key out of the file.
///
/// # Errors
/// `DamagedKeyFile` for altered bytes, `Format(UnknownVersion)` for a newer file, `NoSecret` when a
/// passcode is needed and missing, `WrongSecret` when secret or passcode is not the right one.
pub fn unwrap_store_key(
    file: &[u8],
    secret: &[u8],
    passcode: Option<&str>,
) -> Result<StoreKey, CryptoError> {
    let read = KeyFile::parse(file)?;
    let passcode = match (read.parameters, passcode) {
        (PasscodeParameters::NONE, _) => None,
        (_, Some(passcode)) => Some(passcode),
        (_, None) => return Err(CryptoError::NoSecret),
    };
    let (wrap_key, check) = wrap_keys(secret, passcode, read.parameters, &read.salt)?;
    if !bool::from(check[..].ct_eq(&read.check[..])) {
        return Err(CryptoError::WrongSecret);
    }
    let plain = aead::open(&wrap_key, &read.nonce, read.head, read.wrapped)
        .map(Zeroizing::new)
        .map_err(|_| CryptoError::DamagedKeyFile)?;
    let bytes = plain[..].try_into();
    bytes
        .map(StoreKey::from_bytes)
        .map_err(|_| CryptoError::DamagedKeyFile)
}

/// Takes the store key out of the file with the recovery words instead of the secret.
///
/// # Errors
/// `DamagedKeyFile`, `NoSecret` when the file has no such part, `WrongSecret` for other words.
pub fn recover_store_key(file: &[u8], backup: &KemKey) -> Result<StoreKey, CryptoError> {
    let sealed = KeyFile::parse(file)?.backup.ok_or(CryptoError::NoSecret)?;
    let plain = open_from_backup(backup, BackupPurpose::StoreKey, sealed)
        .map_err(|_| CryptoError::WrongSecret)?;
    let bytes = plain[..].try_into();
    bytes
        .map(StoreKey::from_bytes)
        .map_err(|_| CryptoError::DamagedKeyFile)
}

/// Whether the file needs a passcode beside the keystore's secret.
///
/// # Errors
/// As [`unwrap_store_key`] for the file itself.
pub fn key_file_needs_passcode(file: &[u8]) -> Result<bool, CryptoError> {
    Ok(KeyFile::parse(file)?.parameters != PasscodeParameters::NONE)
}

type WrapKeys = (Zeroizing<[u8; 32]>, Zeroizing<[u8; 16]>);

fn wrap_keys(
    secret: &[u8],
    passcode: Option<&str>,
    parameters: PasscodeParameters,
    salt: &[u8; 16],
) -> Result<WrapKeys, CryptoError> {
    if secret.is_empty() && passcode.is_none() {
        return Err(CryptoError::NoSecret);
    }
    let mut writer = Writer::with_capacity(4 + secret.len() + 32);
    writer.prefixed(secret);
    if let Some(passcode) = passcode {
        writer.bytes(&*argon2id(passcode.as_bytes(), salt, parameters)?);
    }
    let material = Zeroizing::new(writer.finish());
    let both: Zeroizing<[u8; 48]> = hkdf(&material, Some(salt), label::STORE_KEY);
    Ok((part(&*both, 0), part(&*both, 32)))
}

fn checksum(bytes: &[u8]) -> [u8; 8] {
    *blake3::hash(bytes)
        .as_bytes()
        .first_chunk()
        .expect("a hash has 32 bytes")
}

struct KeyFile<'a> {
    head: &'a [u8],
    parameters: PasscodeParameters,
    salt: [u8; 16],
    check: [u8; 16],
    nonce: [u8; 24],
    wrapped: &'a [u8],
    backup: Option<&'a [u8]>,
}

/// The beginning of a key file that a later program wrote, out of one of this version: for the exemplar in
/// `testing/testkit/exemplars/newer-store`. Nobody's key goes through here.
#[doc(hidden)]
#[must_use]
pub fn key_file_of_later(mut file: Vec<u8>) -> Vec<u8> {
    if let Some((body, sum)) = file.split_last_chunk_mut::<8>() {
        if let Some(version) = body.get_mut(MAGIC.len()) {
            *version = VERSION + 1;
        }
        *sum = checksum(body);
    }
    file
}

impl<'a> KeyFile<'a> {
    fn parse(file: &'a [u8]) -> Result<Self, CryptoError> {
        let damaged = |_: ProtocolError| CryptoError::DamagedKeyFile;
        let (body, sum) = file
            .split_last_chunk::<8>()
            .ok_or(CryptoError::DamagedKeyFile)?;
        if !file.starts_with(MAGIC) || checksum(body) != *sum {
            return Err(CryptoError::DamagedKeyFile);
        }
        let mut reader = Reader::new(body);
        reader.bytes(MAGIC.len()).map_err(damaged)?;
        let version = reader.u8().map_err(damaged)?;
        if version != VERSION {
            return Err(ProtocolError::UnknownVersion(version).into());
        }
        let flags = reader.u8().map_err(damaged)?;
        let read = Self {
            head: body.get(..HEAD).ok_or(CryptoError::DamagedKeyFile)?,
            parameters: PasscodeParameters {
                memory_kib: reader.u32().map_err(damaged)?,
                passes: reader.u32().map_err(damaged)?,
                lanes: reader.u32().map_err(damaged)?,
            },
            salt: reader.array().map_err(damaged)?,
            check: reader.array().map_err(damaged)?,
            nonce: reader.array().map_err(damaged)?,
            wrapped: reader.bytes(WRAPPED).map_err(damaged)?,
            backup: if flags & HAS_BACKUP == 0 {
                None
            } else {
                Some(reader.bytes(BACKUP).map_err(damaged)?)
            },
        };
        reader.finish().map_err(damaged)?;
        let has_parameters = read.parameters != PasscodeParameters::NONE;
        if flags & !(HAS_PASSCODE | HAS_BACKUP) != 0
            || has_parameters != (flags & HAS_PASSCODE != 0)
        {
            return Err(CryptoError::DamagedKeyFile);
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use data_encoding::HEXLOWER;

    use super::*;

    #[test]
    fn hashing_is_that_of_the_argon2_reference() {
        // From the test program of the reference implementation: version 0x13, t = 2, m = 256 KiB.
        let parameters = PasscodeParameters {
            memory_kib: 256,
            passes: 2,
            lanes: 1,
        };
        let hash = argon2id(b"password", b"somesalt", parameters).unwrap();
        assert_eq!(
            HEXLOWER.encode(&*hash),
            "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"
        );
    }
}
