//! A choice that changes site by site and always knows what each change would bring.

use super::Limit;
use super::core::Core;

/// Chosen sites of a core.
#[derive(Debug, Clone)]
pub(super) struct Choice<'a> {
    core: &'a Core,
    is_chosen: Vec<bool>,
    /// In the order of choosing.
    chosen: Vec<u32>,
    /// Chosen sites over each class.
    count: Vec<u32>,
    /// What a candidate would add, or what a chosen one would take away.
    worth: Vec<u64>,
    in_group: Vec<usize>,
    needed: usize,
    value: u64,
    spent: u64,
    /// Candidates of each group that needs sites, cheapest first; empty where money is not the limit.
    cheapest: Vec<Vec<u32>>,
}

impl<'a> Choice<'a> {
    pub(super) fn none(core: &'a Core) -> Self {
        let worth = (0..core.len())
            .map(|j| core.classes.of(j).iter().map(|class| core.classes.first[*class as usize]).sum())
            .collect();
        Self {
            core,
            is_chosen: vec![false; core.len()],
            chosen: Vec::new(),
            count: vec![0; core.classes.len()],
            worth,
            in_group: vec![0; core.needs.len()],
            needed: core.needs.iter().sum(),
            value: 0,
            spent: 0,
            cheapest: cheapest(core),
        }
    }

    pub(super) fn of(core: &'a Core, sites: &[u32]) -> Self {
        let mut choice = Self::none(core);
        sites.iter().for_each(|j| choice.add(*j));
        choice
    }

    pub(super) fn sites(&self) -> &[u32] {
        &self.chosen
    }

    pub(super) fn value(&self) -> u64 {
        self.value
    }

    pub(super) fn worth(&self, candidate: u32) -> u64 {
        self.worth[candidate as usize]
    }

    pub(super) fn holds(&self, candidate: u32) -> bool {
        self.is_chosen[candidate as usize]
    }

    pub(super) fn add(&mut self, candidate: u32) {
        let j = candidate as usize;
        self.value += self.worth[j];
        self.spent += self.core.cost[j];
        self.chosen.push(candidate);
        let (group, needs) = (self.core.group[j] as usize, &self.core.needs);
        self.in_group[group] += 1;
        self.needed -= usize::from(self.in_group[group] <= needs[group]);
        let classes = &self.core.classes;
        for class in classes.of(j) {
            let class = *class as usize;
            let n = self.count[class];
            self.count[class] += 1;
            // The last of n sites over a class is worth the step to n; with one more, the step to n + 1.
            let (now, next) = (classes.step(class, n), classes.step(class, n + 1));
            let before = n.checked_sub(1).map_or(0, |o| classes.step(class, o));
            if now == 0 && before == 0 {
                continue;
            }
            // What the newcomer added is just what it would take away: its own number stays.
            for k in classes.covering.of(class).iter().filter(|k| **k != candidate) {
                let k = *k as usize;
                if self.is_chosen[k] {
                    self.worth[k] -= before - now;
                } else {
                    self.worth[k] -= now - next;
                }
            }
        }
        self.is_chosen[j] = true;
    }

    pub(super) fn remove(&mut self, candidate: u32) {
        let j = candidate as usize;
        self.value -= self.worth[j];
        self.spent -= self.core.cost[j];
        self.chosen.retain(|k| *k != candidate);
        let (group, needs) = (self.core.group[j] as usize, &self.core.needs);
        self.needed += usize::from(self.in_group[group] <= needs[group]);
        self.in_group[group] -= 1;
        self.is_chosen[j] = false;
        let classes = &self.core.classes;
        for class in classes.of(j) {
            let class = *class as usize;
            self.count[class] -= 1;
            let n = self.count[class];
            let (now, next) = (classes.step(class, n), classes.step(class, n + 1));
            let before = n.checked_sub(1).map_or(0, |o| classes.step(class, o));
            if now == 0 && before == 0 {
                continue;
            }
            for k in classes.covering.of(class).iter().filter(|k| **k != candidate) {
                let k = *k as usize;
                if self.is_chosen[k] {
                    self.worth[k] += before - now;
                } else {
                    self.worth[k] += now - next;
                }
            }
        }
    }

    /// Whether the limit and the needs of the groups allow one more.
    pub(super) fn may_add(&self, candidate: u32) -> bool {
        self.may_add_instead(candidate, None)
    }

    /// Whether they allow one more in the place of a chosen one.
    pub(super) fn may_add_instead(&self, candidate: u32, leaver: Option<u32>) -> bool {
        let j = candidate as usize;
        let (mut needed, mut size, mut here) =
            (self.needed, self.chosen.len(), self.in_group[self.core.group[j] as usize]);
        if let Some(k) = leaver {
            let group = self.core.group[k as usize] as usize;
            needed += usize::from(self.in_group[group] <= self.core.needs[group]);
            size -= 1;
            here -= usize::from(group == self.core.group[j] as usize);
        }
        needed -= usize::from(here < self.core.needs[self.core.group[j] as usize]);
        match self.core.limit {
            Limit::Sites(p) => size < p && needed < p - size,
            Limit::Budget(budget) => {
                let back = leaver.map_or(0, |k| self.core.cost[k as usize]);
                let spent = self.spent - back + self.core.cost[j];
                spent <= budget && (needed == 0 || spent + self.reserve(candidate, leaver) <= budget)
            }
        }
    }

    /// What the sites that groups would still need cost at least, with a newcomer in the place of a leaver.
    fn reserve(&self, newcomer: u32, leaver: Option<u32>) -> u64 {
        let group_of = |k: u32| self.core.group[k as usize] as usize;
        let needs = self.core.needs.iter().enumerate().filter(|(_, needs)| **needs > 0);
        let missing = needs.map(|(group, needs)| {
            let there = self.in_group[group] + usize::from(group_of(newcomer) == group)
                - usize::from(leaver.is_some_and(|k| group_of(k) == group));
            (group, needs.saturating_sub(there))
        });
        let is_open = |k: &&u32| **k != newcomer && (!self.holds(**k) || leaver == Some(**k));
        let cost = |k: &u32| self.core.cost[*k as usize];
        missing.map(|(group, n)| self.cheapest[group].iter().filter(is_open).take(n).map(cost).sum::<u64>()).sum()
    }

    /// Whether every group has the sites that it needs.
    pub(super) fn is_complete(&self) -> bool {
        self.needed == 0
    }

    fn helps(&self, candidate: u32) -> bool {
        let group = self.core.group[candidate as usize] as usize;
        self.in_group[group] < self.core.needs[group]
    }

    /// Adds what adds most, as long as the limit allows and, once every need is met, as long as it adds anything.
    /// Money is spent where it adds most for each unit of cost.
    pub(super) fn fill(&mut self, may: impl Fn(u32) -> bool) {
        loop {
            let mut best: Option<u32> = None;
            for k in 0..self.core.len() as u32 {
                let worthwhile = self.worth(k) > 0 || self.helps(k);
                if worthwhile && !self.holds(k) && best.is_none_or(|b| self.better(k, b)) && may(k) && self.may_add(k) {
                    best = Some(k);
                }
            }
            match best {
                Some(k) => self.add(k),
                None => return,
            }
        }
    }

    fn better(&self, a: u32, b: u32) -> bool {
        match self.core.limit {
            Limit::Sites(_) => self.worth(a) > self.worth(b),
            Limit::Budget(_) => {
                let times = |x: u32, y: u32| u128::from(self.worth(x)) * u128::from(self.core.cost[y as usize]);
                times(a, b) > times(b, a)
            }
        }
    }

    /// What the newcomer would take over from each chosen site: the part of its worth that would not be lost.
    fn taken_over(&self, newcomer: u32, over: &mut Vec<(u32, u64)>) {
        over.clear();
        let classes = &self.core.classes;
        for class in classes.of(newcomer as usize) {
            let class = *class as usize;
            let n = self.count[class];
            if n == 0 || n > 2 {
                continue;
            }
            let kept = classes.step(class, n - 1) - classes.step(class, n);
            if kept == 0 {
                continue;
            }
            for k in classes.covering.of(class).iter().filter(|k| self.is_chosen[**k as usize]) {
                match over.iter_mut().find(|(who, _)| who == k) {
                    Some((_, sum)) => *sum += kept,
                    None => over.push((*k, kept)),
                }
            }
        }
    }

    /// Exchanges while that helps: for each candidate in turn the best leaver. Stops after `passes`, which unlike a
    /// clock gives the same answer on every machine. An exchange may leave the money for what a group needs unspent;
    /// it is spent at the end.
    pub(super) fn exchange(&mut self, passes: usize) {
        self.exchange_only(passes);
        if !self.is_complete() {
            self.fill(|_| true);
        }
    }

    fn exchange_only(&mut self, passes: usize) {
        // Without money and needs any site may leave for any other: beside those that the newcomer overlaps only the
        // one with the least to lose matters.
        let free = matches!(self.core.limit, Limit::Sites(_)) && self.core.needs.iter().all(|n| *n == 0);
        let least = |choice: &Self| choice.chosen.iter().copied().min_by_key(|k| (choice.worth(*k), *k));
        let mut over = Vec::new();
        let mut idlest = least(self);
        for _ in 0..passes {
            let mut changed = false;
            for newcomer in 0..self.core.len() as u32 {
                if self.holds(newcomer) || self.worth(newcomer) == 0 {
                    continue;
                }
                if self.may_add(newcomer) {
                    self.add(newcomer);
                } else {
                    self.taken_over(newcomer, &mut over);
                    let leaver = if free {
                        let near = over.iter().map(|(who, _)| *who).chain(idlest);
                        self.leaver(newcomer, near, &over)
                    } else {
                        self.leaver(newcomer, self.chosen.iter().copied(), &over)
                    };
                    let Some(leaver) = leaver else { continue };
                    self.remove(leaver);
                    self.add(newcomer);
                }
                idlest = least(self);
                changed = true;
            }
            if !changed {
                return;
            }
        }
    }

    /// Who should leave for the newcomer; nobody when the value would not rise.
    fn leaver(&self, newcomer: u32, who: impl Iterator<Item = u32>, over: &[(u32, u64)]) -> Option<u32> {
        let gain = self.worth(newcomer);
        who.filter_map(|k| {
            let back = over.iter().find(|(other, _)| *other == k).map_or(0, |(_, sum)| *sum);
            let loss = self.worth(k) - back;
            (loss < gain && self.may_add_instead(newcomer, Some(k))).then_some((loss, k))
        })
        .min()
        .map(|(_, k)| k)
    }
}

fn cheapest(core: &Core) -> Vec<Vec<u32>> {
    if matches!(core.limit, Limit::Sites(_)) || core.needs.iter().all(|needs| *needs == 0) {
        return Vec::new();
    }
    let mut groups = vec![Vec::new(); core.needs.len()];
    for k in 0..core.len() as u32 {
        let group = core.group[k as usize] as usize;
        if core.needs[group] > 0 {
            groups[group].push(k);
        }
    }
    groups.iter_mut().for_each(|members| members.sort_unstable_by_key(|k| (core.cost[*k as usize], *k)));
    groups
}
