//! A search that walks on from a good choice: drop the site that is worth least, add the one that adds most, and for a
//! while neither take back what was dropped nor drop what was added. It leaves hills that exchanges cannot leave.

use super::Limit;
use super::branch::Incumbent;
use super::choice::Choice;
use super::core::Core;
use super::random::Random;

/// Walks for so many moves and offers the best choice met that has what every group needs.
pub(super) fn walk(
    core: &Core,
    start: &[u32],
    (moves, seed): (usize, u64),
    known: &mut Incumbent,
    stop: &dyn Fn() -> bool,
) {
    let mut choice = Choice::of(core, start);
    choice.fill(|_| true);
    choice.exchange(20);
    if !choice.is_complete() {
        return;
    }
    let mut best = (choice.sites().to_vec(), choice.value());
    let mut random = Random::new(seed);
    let mut banned_until = vec![0_usize; core.len()];
    let mut polished = best.1;
    for at in 1..=moves {
        if choice.sites().is_empty() || stop() {
            break;
        }
        // Now and then several leave at once, neighbours of one place, so that a corner can be laid out anew.
        let together = if random.below(16) == 0 { 2 + random.below(3) } else { 1 };
        for _ in 0..together {
            let Some(leaver) = idlest(core, &choice, &banned_until, at) else { break };
            choice.remove(leaver);
            banned_until[leaver as usize] = at + 2 + random.below(12);
        }
        let before = choice.sites().len();
        choice.fill(|k| banned_until[k as usize] <= at);
        let tenure = |random: &mut Random| at + 1 + random.below(core.needs.len() + choice.sites().len() / 4 + 2);
        for k in choice.sites().get(before..).unwrap_or(&[]) {
            banned_until[*k as usize] = tenure(&mut random);
        }
        if choice.value() > best.1 && choice.is_complete() {
            best = (choice.sites().to_vec(), choice.value());
        }
        if at % 512 == 0 {
            // From the best so far, exchanged as far as it goes, the walk begins again somewhere beside it.
            choice = Choice::of(core, &best.0);
            if best.1 > polished {
                choice.exchange(10);
                polished = choice.value();
                if polished > best.1 && choice.is_complete() {
                    best = (choice.sites().to_vec(), polished);
                }
            }
            for _ in 0..1 + random.below(1 + choice.sites().len() / 10) {
                let sites = choice.sites();
                if sites.is_empty() {
                    break;
                }
                let leaver = sites[random.below(sites.len())];
                choice.remove(leaver);
                banned_until[leaver as usize] = at + 5 + random.below(20);
            }
        }
    }
    known.offer(core, &best.0, best.1);
}

/// The chosen site with the least to lose (for its money, under a budget), leaving out those just added.
fn idlest(core: &Core, choice: &Choice<'_>, banned_until: &[usize], at: usize) -> Option<u32> {
    let free = choice.sites().iter().copied().filter(|k| banned_until[*k as usize] <= at);
    match core.limit {
        Limit::Sites(_) => free.min_by_key(|k| (choice.worth(*k), *k)),
        Limit::Budget(_) => free.min_by(|a, b| {
            let times = |x: u32, y: u32| u128::from(choice.worth(x)) * u128::from(core.cost[y as usize]);
            times(*a, *b).cmp(&times(*b, *a)).then(a.cmp(b))
        }),
    }
}
