import Basics
import Lines
import Testing

@Suite("What a line may do now is computed from its holds and from nothing else")
struct HoldRulesTests {
    let friend = PhoneNumber(trusted: "60000002")

    @Test func withoutHoldsEverythingIsOpen() {
        #expect(serviceAbility([], dialling: friend) == .mayCall)
        #expect(mayReceive([]) == .mayCall)
    }

    @Test func aHoldOnOutgoingLeavesTheLineReachable() {
        let hold = testHold(.credit, .outgoing)
        #expect(serviceAbility([hold], dialling: friend) == .barred(by: hold))
        #expect(mayReceive([hold]) == .mayCall)
    }

    @Test func aHoldOnAllBarsBothWays() {
        let hold = testHold(.arrears, .all)
        #expect(serviceAbility([hold], dialling: friend) == .barred(by: hold))
        #expect(mayReceive([hold]) == .barred(by: hold))
    }

    @Test func theHoldThatHasStoodLongestIsNamed() {
        let older = testHold(.identity, .outgoing, since: 1)
        let newer = testHold(.credit, .all, since: 2)
        #expect(serviceAbility([newer, older], dialling: friend) == .barred(by: older))
        #expect(mayReceive([newer, older]) == .barred(by: newer))
    }

    @Test(arguments: Hold.Kind.allCases, Hold.Effect.allCases)
    func noHoldKeepsFromAnEmergencyNumber(kind: Hold.Kind, effect: Hold.Effect) {
        for number in EmergencyNumbers.all {
            #expect(serviceAbility([testHold(kind, effect)], dialling: number) == .mayCall)
        }
    }

    /// Against the rule in words, for random sets: a call is barred exactly when a hold is in force and the number is no emergency
    /// number; the line is unreachable exactly when a hold on all is in force; order and lifted holds do not matter.
    @Test func theRuleHoldsForAnySetOfHolds() {
        for _ in 0..<2_000 {
            let holds = (0..<Int.random(in: 0...5)).map { _ in
                testHold(
                    Hold.Kind.allCases.randomElement() ?? .credit, Bool.random() ? .all : .outgoing,
                    since: Int64.random(in: 0...9),
                    lifted: Bool.random())
            }
            let inForce = holds.filter { $0.liftedAt == nil }
            let call = serviceAbility(holds, dialling: friend)
            #expect((call == .mayCall) == inForce.isEmpty)
            #expect((mayReceive(holds) == .mayCall) == !inForce.contains { $0.effect == .all })
            #expect(serviceAbility(holds.shuffled(), dialling: friend) == call)
            #expect(serviceAbility(inForce, dialling: friend) == call)
            #expect(serviceAbility(holds, dialling: EmergencyNumbers.all[Int.random(in: 0..<4)]) == .mayCall)
            if case .barred(let hold) = call { #expect(inForce.allSatisfy { hold.since <= $0.since }) }
        }
    }
}

func testHold(_ kind: Hold.Kind, _ effect: Hold.Effect, since: Int64 = 0, lifted: Bool = false) -> Hold {
    Hold(
        id: .random(), line: LineID(trusted: "line"), kind: kind, clause: nil, reason: "test", evidence: "test", effect: effect,
        putBy: "system", since: Timestamp(milliseconds: since), liftedAt: lifted ? Timestamp(milliseconds: 100) : nil,
        liftedBy: lifted ? "system" : nil)
}
