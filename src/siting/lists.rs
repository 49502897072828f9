//! Many short lists of numbers, one behind the other in one piece of memory.

/// Lists by number.
#[derive(Debug, Clone)]
pub struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Default for Lists {
    fn default() -> Self {
        Self::new()
    }
}

impl Lists {
    /// No list yet.
    pub fn new() -> Self {
        Self { starts: vec![0], items: Vec::new() }
    }

    /// Room for so many lists with so many items together.
    pub fn with_capacity(lists: usize, items: usize) -> Self {
        let mut starts = Vec::with_capacity(lists + 1);
        starts.push(0);
        Self { starts, items: Vec::with_capacity(items) }
    }

    /// Adds one list at the end.
    pub fn push(&mut self, list: impl Iterator<Item = u32>) {
        self.items.extend(list);
        self.starts.push(self.items.len() as u32);
    }

    /// One list; empty when there is none of this number.
    pub fn of(&self, list: usize) -> &[u32] {
        match (self.starts.get(list), self.starts.get(list + 1)) {
            (Some(from), Some(to)) => &self.items[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// Number of lists.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Items of all lists.
    pub fn items(&self) -> usize {
        self.items.len()
    }

    /// The other way round: for each item below `items` the lists that hold it, in order.
    pub fn turned(&self, items: usize) -> Self {
        let mut starts = vec![0_u32; items + 1];
        self.items.iter().for_each(|item| starts[*item as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut turned = vec![0_u32; self.items.len()];
        for list in 0..self.len() {
            for item in self.of(list) {
                let slot = &mut next[*item as usize];
                turned[*slot as usize] = list as u32;
                *slot += 1;
            }
        }
        Self { starts, items: turned }
    }
}
