//! Work spread over threads whose results come back in order, with bounded memory.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Condvar, Mutex, PoisonError};

use crossbeam_channel::{Receiver, Sender, unbounded};

/// How much may be under way.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Threads that work.
    pub jobs: usize,
    /// Items between the source and the last one that came out.
    pub items: usize,
    /// Their weights together; a heavier one goes alone.
    pub weight: u64,
}

/// Where the source puts its items.
pub struct Sink<'a, W> {
    items: Sender<(u64, u64, W)>,
    next: u64,
    room: &'a Room,
}

impl<W> Sink<'_, W> {
    /// Waits for room and sends the item on; false when nobody wants more.
    pub fn put(&mut self, weight: u64, item: W) -> bool {
        if !self.room.take(weight) {
            return false;
        }
        self.next += 1;
        self.items.send((self.next, weight, item)).is_ok()
    }
}

/// Runs `source` in a thread of its own, `work` in `limits.jobs` others, and `emit` here, in the order of the source.
///
/// An error of `emit` ends everything, and so does a thread that the system refuses.
pub fn ordered<W: Send, D: Send, E: From<io::Error>>(
    limits: Limits,
    source: impl FnOnce(&mut Sink<'_, W>) + Send,
    work: impl Fn(W) -> D + Sync,
    mut emit: impl FnMut(D) -> Result<(), E>,
) -> Result<(), E> {
    let room = Room::new(limits);
    let (item_sender, items) = unbounded();
    let (done_sender, done) = unbounded();
    std::thread::scope(|scope| {
        // However this thread leaves, the source must not wait for room for ever.
        let _closing = Closing(&room);
        let source_room = &room;
        spawn(scope, move || source(&mut Sink { items: item_sender, next: 0, room: source_room }))?;
        for _ in 0..limits.jobs.max(1) {
            let (items, done_sender, work): (Receiver<(u64, u64, W)>, _, _) =
                (items.clone(), done_sender.clone(), &work);
            spawn(scope, move || {
                for (number, weight, item) in items {
                    if done_sender.send((number, weight, work(item))).is_err() {
                        return;
                    }
                }
            })?;
        }
        drop((items, done_sender));
        in_order(done, &room, &mut emit)
    })
}

/// Name of the threads that parse and extract: a panic in one costs one file and is reported as such.
pub const WORKER: &str = "onrecord-worker";

fn spawn<'scope>(scope: &'scope std::thread::Scope<'scope, '_>, run: impl FnOnce() + Send + 'scope) -> io::Result<()> {
    let builder = std::thread::Builder::new().name(WORKER.to_string());
    builder.spawn_scoped(scope, run).map(|_| ())
}

fn in_order<D, E>(
    done: Receiver<(u64, u64, D)>,
    room: &Room,
    emit: &mut impl FnMut(D) -> Result<(), E>,
) -> Result<(), E> {
    let mut early = BTreeMap::new();
    let mut next = 1;
    for (number, weight, result) in done {
        early.insert(number, (weight, result));
        while let Some((weight, result)) = early.remove(&next) {
            room.give_back(weight);
            emit(result)?;
            next += 1;
        }
    }
    Ok(())
}

/// Counts what is under way.
struct Room {
    limits: Limits,
    state: Mutex<Used>,
    changed: Condvar,
}

#[derive(Default)]
struct Used {
    items: usize,
    weight: u64,
    closed: bool,
}

struct Closing<'a>(&'a Room);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.0.changed.notify_all();
    }
}

impl Room {
    fn new(limits: Limits) -> Room {
        Room { limits, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits until `weight` fits; false once closed.
    fn take(&self, weight: u64) -> bool {
        let mut used = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while !used.closed
            && used.items > 0
            && (used.items >= self.limits.items || used.weight.saturating_add(weight) > self.limits.weight)
        {
            used = self.changed.wait(used).unwrap_or_else(PoisonError::into_inner);
        }
        used.items += 1;
        used.weight = used.weight.saturating_add(weight);
        !used.closed
    }

    fn give_back(&self, weight: u64) {
        let mut used = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        used.items = used.items.saturating_sub(1);
        used.weight = used.weight.saturating_sub(weight);
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const LIMITS: Limits = Limits { jobs: 3, items: 4, weight: 10 };

    fn numbers(sink: &mut Sink<'_, u64>, up_to: u64) {
        for number in 0..up_to {
            if !sink.put(number % 20, number) {
                return;
            }
        }
    }

    #[test]
    fn results_come_in_the_order_of_the_source() {
        let mut found = Vec::new();
        let uneven = |n: u64| (0..(n * 7919) % 1000).fold(n, |sum, _| std::hint::black_box(sum));
        let result: io::Result<()> = ordered(
            LIMITS,
            |sink| numbers(sink, 200),
            uneven,
            |n| {
                found.push(n);
                Ok(())
            },
        );
        assert!(result.is_ok());
        assert_eq!(found, (0..200).collect::<Vec<_>>());
    }

    #[test]
    fn an_error_ends_everything() {
        let emit = |n| if n == 5 { Err(io::Error::other("five")) } else { Ok(()) };
        let result = ordered(LIMITS, |sink| numbers(sink, 1_000_000), |n| n, emit);
        assert_eq!(result.map_err(|error| error.to_string()), Err("five".to_string()));
    }

    #[test]
    fn no_more_is_under_way_than_allowed() {
        let (under_way, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let source = |sink: &mut Sink<'_, u64>| {
            for number in 0..100 {
                most.fetch_max(under_way.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
                sink.put(1, number);
            }
        };
        let result: io::Result<()> = ordered(
            LIMITS,
            source,
            |n| n,
            |_| {
                under_way.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            },
        );
        assert!(result.is_ok());
        // One more has left the room and is not emitted yet.
        assert!(most.load(Ordering::SeqCst) <= LIMITS.items + 1);
    }
}
