//! Values that cross as something simpler: ids and days as text, steps and hours as numbers, moments as records.
//! A value that does not fit is `InvalidInput` at the border, before anything runs.

use belay_engine::model::{
    CivilDay, DayStart, DeviceId, DisplayName, DocName, Energy, IdError, Moment, Mood, PersonId,
    RuleError, SharedMoment, SpaceId, Weekday, WeekdaySet,
};

use crate::BelayError;

fn rule(error: RuleError) -> BelayError {
    belay_engine::BelayError::from(error).into()
}

fn id(_: IdError) -> BelayError {
    BelayError::InvalidInput {
        field: "id".to_owned(),
        rule: "unknown_word".to_owned(),
    }
}

uniffi::custom_type!(DocName, String, {
    remote,
    lower: |name| name.to_string(),
    try_lift: |text| Ok(text.parse().map_err(id)?),
});

uniffi::custom_type!(SpaceId, String, {
    remote,
    lower: |space| space.to_string(),
    try_lift: |text| Ok(text.parse().map_err(id)?),
});

uniffi::custom_type!(PersonId, String, {
    remote,
    lower: |person| person.to_string(),
    try_lift: |text| Ok(text.parse().map_err(id)?),
});

uniffi::custom_type!(DeviceId, String, {
    remote,
    lower: |device| device.to_string(),
    try_lift: |text| Ok(text.parse().map_err(id)?),
});

uniffi::custom_type!(CivilDay, String, {
    remote,
    lower: |day| day.to_string(),
    try_lift: |text| Ok(text.parse().map_err(rule)?),
});

uniffi::custom_type!(DisplayName, String, {
    remote,
    lower: |name| name.into(),
    try_lift: |text| Ok(DisplayName::new(&text).map_err(rule)?),
});

uniffi::custom_type!(Mood, u8, {
    remote,
    lower: |mood| mood.step(),
    try_lift: |step| Ok(Mood::new(step).map_err(rule)?),
});

uniffi::custom_type!(Energy, u8, {
    remote,
    lower: |energy| energy.step(),
    try_lift: |step| Ok(Energy::new(step).map_err(rule)?),
});

uniffi::custom_type!(DayStart, u8, {
    remote,
    lower: |start| start.hour(),
    try_lift: |hour| Ok(DayStart::new(hour).map_err(rule)?),
});

uniffi::custom_type!(WeekdaySet, Vec<Weekday>, {
    remote,
    lower: |days| days.iter().collect(),
    try_lift: |days| Ok(WeekdaySet::new(days).ok_or_else(no_weekday)?),
});

fn no_weekday() -> BelayError {
    BelayError::InvalidInput {
        field: "weekdays".to_owned(),
        rule: "empty".to_owned(),
    }
}

/// When and in which zone something own was written.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct WrittenMoment {
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// The IANA name of the zone.
    pub zone_name: String,
    /// Seconds east of UTC there, then.
    pub offset_seconds: i32,
    /// What a clock on the wall showed, as `HH:MM`.
    pub local_time: String,
}

uniffi::custom_type!(Moment, WrittenMoment, {
    remote,
    lower: |moment| WrittenMoment {
        at_ms: moment.at_ms(),
        zone_name: moment.zone().name().to_owned(),
        offset_seconds: moment.zone().offset_seconds(),
        local_time: moment.local_time().to_string(),
    },
    try_lift: |moment| Ok(
        Moment::with_offset(moment.at_ms, &moment.zone_name, moment.offset_seconds).map_err(rule)?
    ),
});

/// When something shared was written; a partner does not see the zone.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PartnerMoment {
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// Seconds east of UTC where it was written.
    pub offset_seconds: i32,
    /// What a clock on the wall showed there, as `HH:MM`.
    pub local_time: String,
}

uniffi::custom_type!(SharedMoment, PartnerMoment, {
    remote,
    lower: |moment| PartnerMoment {
        at_ms: moment.at_ms(),
        offset_seconds: moment.offset_seconds(),
        local_time: moment.local_time().to_string(),
    },
    try_lift: |moment| Ok(SharedMoment::new(moment.at_ms, moment.offset_seconds).map_err(rule)?),
});
