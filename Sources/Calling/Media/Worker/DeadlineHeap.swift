/// Who must be woken next: a binary heap of deadlines with one entry per leg index, all storage taken at start.
package struct DeadlineHeap: ~Copyable {
    package static let never = Int64.max

    private let heap: UnsafeMutablePointer<Int32>
    private let places: UnsafeMutablePointer<Int32>
    private let deadlines: UnsafeMutablePointer<Int64>
    private let capacity: Int
    package private(set) var count = 0

    package init(capacity: Int) {
        self.capacity = capacity
        heap = .allocate(capacity: capacity)
        places = .allocate(capacity: capacity)
        deadlines = .allocate(capacity: capacity)
        heap.initialize(repeating: 0, count: capacity)
        places.initialize(repeating: -1, count: capacity)
        deadlines.initialize(repeating: Self.never, count: capacity)
    }

    deinit {
        heap.deallocate()
        places.deallocate()
        deadlines.deallocate()
    }

    /// The soonest deadline; `never` when there is none.
    package var soonest: Int64 { count > 0 ? deadlines[Int(heap[0])] : Self.never }

    /// The entry of the soonest deadline, when that is not after `now`. It stays in the heap: set a new deadline for it.
    package func due(at now: Int64) -> Int? {
        count > 0 && deadlines[Int(heap[0])] <= now ? Int(heap[0]) : nil
    }

    /// Sets or moves the deadline of an entry; `never` takes it out.
    package mutating func set(_ entry: Int, _ deadline: Int64) {
        precondition(entry >= 0 && entry < capacity)
        let place = Int(places[entry])
        guard deadline != Self.never else {
            if place >= 0 { remove(at: place) }
            return
        }
        let before = deadlines[entry]
        deadlines[entry] = deadline
        if place < 0 {
            heap[count] = Int32(entry)
            places[entry] = Int32(count)
            count += 1
            siftUp(count - 1)
        } else if deadline < before {
            siftUp(place)
        } else {
            siftDown(place)
        }
    }

    private mutating func remove(at place: Int) {
        let entry = Int(heap[place])
        places[entry] = -1
        deadlines[entry] = Self.never
        count -= 1
        guard place < count else { return }
        heap[place] = heap[count]
        places[Int(heap[place])] = Int32(place)
        siftUp(place)
        siftDown(place)
    }

    private func siftUp(_ start: Int) {
        var place = start
        while place > 0 {
            let parent = (place - 1) / 2
            guard deadlines[Int(heap[place])] < deadlines[Int(heap[parent])] else { return }
            swap(place, parent)
            place = parent
        }
    }

    private func siftDown(_ start: Int) {
        var place = start
        while true {
            var least = place
            let left = 2 * place + 1
            if left < count, deadlines[Int(heap[left])] < deadlines[Int(heap[least])] { least = left }
            if left + 1 < count, deadlines[Int(heap[left + 1])] < deadlines[Int(heap[least])] { least = left + 1 }
            guard least != place else { return }
            swap(place, least)
            place = least
        }
    }

    private func swap(_ a: Int, _ b: Int) {
        let entry = heap[a]
        heap[a] = heap[b]
        heap[b] = entry
        places[Int(heap[a])] = Int32(a)
        places[Int(heap[b])] = Int32(b)
    }
}
