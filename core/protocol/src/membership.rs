//! Operations on who belongs to a space. What they mean, and when they count, is decided by the sync
//! room; this file only knows their bytes.

use belay_model::{DeviceId, PersonId};

use crate::ProtocolError;
use crate::cbor::{CborReader, CborWriter, cbor_body};
use crate::genesis::{DeviceCertificate, Genesis};
use crate::limits::{DEVICES_MAX, ITEM_BODY_MAX, SIGNATURE};
use crate::policy::{Policy, Role, SpaceType};
use crate::vector::VectorEntry;

/// Field of the body that holds P's signature; every operation's own fields have lower numbers.
const ROOT_SIGNATURE: u8 = 9;

/// Whom a removal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RemoveTarget {
    /// A person with all their devices.
    Person(PersonId),
    /// One device.
    Device(DeviceId),
}

impl RemoveTarget {
    /// What endorsers sign: 1 and the person id, or 2 and the device id.
    #[must_use]
    pub fn endorsed_bytes(&self) -> Vec<u8> {
        let (number, id) = match self {
            Self::Person(id) => (1u8, id.as_bytes()),
            Self::Device(id) => (2u8, id.as_bytes()),
        };
        [&[number][..], id].concat()
    }
}

/// A member's consent to a removal or a change of policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endorsement {
    /// The device that consents.
    pub device_id: DeviceId,
    /// Makes each consent good for one operation.
    pub nonce: [u8; 16],
    /// Its signature over space, target and nonce.
    pub signature: [u8; SIGNATURE],
}

/// One operation of the membership graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// Starts the space; the item's id becomes the space id.
    Create {
        /// What the space is for.
        space_type: SpaceType,
        /// The creator.
        genesis: Genesis,
        /// What the space allows.
        policy: Policy,
    },
    /// Adds a person with their first device.
    AddPerson {
        /// The newcomer.
        genesis: Genesis,
    },
    /// Adds a later device of a person.
    AddDevice {
        /// The device.
        certificate: DeviceCertificate,
    },
    /// Removes a person or a device.
    Remove {
        /// Whom.
        target: RemoveTarget,
        /// What the remover had of the target's chains: the first word on the data cut.
        seen: Vec<VectorEntry>,
        /// Consents, when it is about another person; ascending by device.
        endorsements: Vec<Endorsement>,
    },
    /// The author's person leaves.
    Leave,
    /// Gives a person a role.
    SetRole {
        /// Whom.
        person: PersonId,
        /// Which.
        role: Role,
    },
    /// Changes what the space allows.
    SetPolicy {
        /// The new policy, whole.
        policy: Policy,
        /// Consents, when `removal` changes; ascending by device.
        endorsements: Vec<Endorsement>,
    },
    /// Replaces the author's person's recovery key P.
    RotateRecovery {
        /// The new P's public half.
        new_recovery_pk: [u8; 32],
    },
    /// No effect; joins more leaves than an item can name.
    Merge,
}

impl Operation {
    /// The number that stands for the operation in its bytes.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Create { .. } => 1,
            Self::AddPerson { .. } => 2,
            Self::AddDevice { .. } => 3,
            Self::Remove { .. } => 4,
            Self::Leave => 5,
            Self::SetRole { .. } => 6,
            Self::SetPolicy { .. } => 7,
            Self::RotateRecovery { .. } => 8,
            Self::Merge => 9,
        }
    }

    /// How many fields the operation's map has, its code included.
    const fn fields(&self) -> usize {
        match self {
            Self::Leave | Self::Merge => 1,
            Self::AddPerson { .. } | Self::AddDevice { .. } | Self::RotateRecovery { .. } => 2,
            Self::SetRole { .. } | Self::SetPolicy { .. } => 3,
            Self::Create { .. } | Self::Remove { .. } => 4,
        }
    }

    /// The operation's map without any signature beside it: what P signs.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = CborWriter::new();
        self.write(&mut writer, self.fields());
        writer.finish()
    }

    fn write(&self, writer: &mut CborWriter, len: usize) {
        writer.map(len).key(0).u64(self.code().into());
        match self {
            Self::Create {
                space_type,
                genesis,
                policy,
            } => {
                writer.key(1).u64(u8::from(*space_type).into()).key(2);
                genesis.write(writer);
                writer.key(3);
                policy.write(writer);
            }
            Self::AddPerson { genesis } => {
                writer.key(1);
                genesis.write(writer);
            }
            Self::AddDevice { certificate } => {
                writer.key(1);
                certificate.write(writer);
            }
            Self::Remove {
                target,
                seen,
                endorsements,
            } => {
                writer.key(1).bytes(&target.endorsed_bytes()).key(2);
                VectorEntry::write_list(writer, seen);
                writer.key(3);
                write_endorsements(writer, endorsements);
            }
            Self::SetRole { person, role } => {
                writer
                    .key(1)
                    .bytes(person.as_bytes())
                    .key(2)
                    .u64(u8::from(*role).into());
            }
            Self::SetPolicy {
                policy,
                endorsements,
            } => {
                writer.key(1);
                policy.write(writer);
                writer.key(2);
                write_endorsements(writer, endorsements);
            }
            Self::RotateRecovery { new_recovery_pk } => {
                writer.key(1).bytes(new_recovery_pk);
            }
            Self::Leave | Self::Merge => {}
        }
    }

    /// Reads the fields after the map's length.
    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.key(0)?;
        let code = reader.u8()?;
        Ok(match code {
            1 => {
                reader.key(1)?;
                let space_type = SpaceType::try_from(reader.u8()?)?;
                reader.key(2)?;
                let genesis = Genesis::read(reader)?;
                reader.key(3)?;
                let policy = Policy::read(reader)?;
                Self::Create {
                    space_type,
                    genesis,
                    policy,
                }
            }
            2 => {
                reader.key(1)?;
                let genesis = Genesis::read(reader)?;
                Self::AddPerson { genesis }
            }
            3 => {
                reader.key(1)?;
                let certificate = DeviceCertificate::read(reader)?;
                Self::AddDevice { certificate }
            }
            4 => {
                reader.key(1)?;
                let target = read_target(reader)?;
                reader.key(2)?;
                let seen = VectorEntry::read_list(reader)?;
                reader.key(3)?;
                let endorsements = read_endorsements(reader)?;
                Self::Remove {
                    target,
                    seen,
                    endorsements,
                }
            }
            5 => Self::Leave,
            6 => {
                reader.key(1)?;
                let person = PersonId::from_bytes(reader.byte_array()?);
                reader.key(2)?;
                let role = Role::try_from(reader.u8()?)?;
                Self::SetRole { person, role }
            }
            7 => {
                reader.key(1)?;
                let policy = Policy::read(reader)?;
                reader.key(2)?;
                let endorsements = read_endorsements(reader)?;
                Self::SetPolicy {
                    policy,
                    endorsements,
                }
            }
            8 => {
                reader.key(1)?;
                let new_recovery_pk = reader.byte_array()?;
                Self::RotateRecovery { new_recovery_pk }
            }
            9 => Self::Merge,
            other => return Err(ProtocolError::UnknownKind(other)),
        })
    }
}

fn read_target(reader: &mut CborReader<'_>) -> Result<RemoveTarget, ProtocolError> {
    let [number, id @ ..] = reader.byte_array::<33>()?;
    match number {
        1 => Ok(RemoveTarget::Person(PersonId::from_bytes(id))),
        2 => Ok(RemoveTarget::Device(DeviceId::from_bytes(id))),
        other => Err(ProtocolError::UnknownKind(other)),
    }
}

fn write_endorsements(writer: &mut CborWriter, endorsements: &[Endorsement]) {
    writer.array(endorsements.len());
    for endorsement in endorsements {
        writer
            .array(3)
            .bytes(endorsement.device_id.as_bytes())
            .bytes(&endorsement.nonce)
            .bytes(&endorsement.signature);
    }
}

fn read_endorsements(reader: &mut CborReader<'_>) -> Result<Vec<Endorsement>, ProtocolError> {
    let len = reader.array("endorsements", DEVICES_MAX)?;
    let mut endorsements: Vec<Endorsement> = Vec::with_capacity(len);
    for _ in 0..len {
        reader.array_of(3)?;
        endorsements.push(Endorsement {
            device_id: DeviceId::from_bytes(reader.byte_array()?),
            nonce: reader.byte_array()?,
            signature: reader.byte_array()?,
        });
    }
    if !endorsements.is_sorted_by(|a, b| a.device_id < b.device_id) {
        return Err(ProtocolError::Malformed("endorsements not ascending"));
    }
    Ok(endorsements)
}

/// What endorsers of a change of policy sign: 3 and the policy's map.
#[must_use]
pub fn endorsed_policy_bytes(policy: &Policy) -> Vec<u8> {
    [&[3][..], &policy.encode()].concat()
}

/// The body of a `membership` item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipBody {
    /// What is done.
    pub operation: Operation,
    /// P's signature over space, heads and operation, when it is P who acts.
    pub root_signature: Option<[u8; SIGNATURE]>,
}

impl MembershipBody {
    fn write(&self, writer: &mut CborWriter) {
        let signed = usize::from(self.root_signature.is_some());
        self.operation
            .write(writer, self.operation.fields() + signed);
        if let Some(signature) = &self.root_signature {
            writer.key(ROOT_SIGNATURE).bytes(signature);
        }
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        let len = reader.map()?;
        let operation = Operation::read(reader)?;
        let root_signature = match len.checked_sub(operation.fields() as u64) {
            Some(0) => None,
            Some(1) => {
                reader.key(ROOT_SIGNATURE)?;
                Some(reader.byte_array()?)
            }
            _ => return Err(ProtocolError::Malformed("wrong number of fields")),
        };
        Ok(Self {
            operation,
            root_signature,
        })
    }
}

cbor_body!(MembershipBody, ITEM_BODY_MAX);
