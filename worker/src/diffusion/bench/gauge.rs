//! How much memory a shape takes at most, weights included.

use tch::Device;

use crate::device::memory;

/// Read after a shape's first round, when the other side has not had its turn yet: what changes on
/// a GPU until then is ours.
pub(super) struct Gauge {
    device: Device,
    /// Free before the weights came, then before each shape.
    free: Option<u64>,
    weights: u64,
}

impl Gauge {
    /// Before the weights are loaded.
    pub(super) fn new(device: Device) -> Self {
        let free = memory::free_on_gpu(device);
        Self {
            device,
            free,
            weights: 0,
        }
    }

    /// After that.
    pub(super) fn loaded(&mut self) {
        memory::give_back(self.device);
        self.weights = self.taken().unwrap_or(0);
    }

    /// Before a shape.
    pub(super) fn begin(&mut self) {
        memory::give_back(self.device);
        memory::forget_peak();
        self.free = memory::free_on_gpu(self.device);
    }

    /// What the shape had taken at most. libtorch gives a GPU's memory back to nobody by itself, so
    /// what is taken now is what was needed at most.
    pub(super) fn read(&self) -> Option<u64> {
        if self.device.is_cuda() {
            return Some(self.weights + self.taken()?);
        }
        memory::peak()
    }

    fn taken(&self) -> Option<u64> {
        let free = memory::free_on_gpu(self.device)?;
        Some(self.free?.saturating_sub(free))
    }
}
