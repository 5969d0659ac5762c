//! One device's line to its relay: through the simulated network.

use std::sync::Arc;

use belay_engine::{LineFuture, LineRequest, RelayLine, TransportError};

use crate::network::Network;

/// The line of one device.
#[derive(Debug)]
pub struct DeviceLine {
    pub device: usize,
    pub network: Arc<Network>,
}

impl RelayLine for DeviceLine {
    fn carry<'a>(
        &'a self,
        _origin: &'a belay_engine::RelayOrigin,
        request: LineRequest,
    ) -> LineFuture<'a> {
        Box::pin(async move {
            let carried = self.network.carry(self.device, request).await;
            carried.map_err(|unreached| match unreached {
                true => TransportError::Unreachable,
                false => TransportError::Interrupted,
            })
        })
    }
}
