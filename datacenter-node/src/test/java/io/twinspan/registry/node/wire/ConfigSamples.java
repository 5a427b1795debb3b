package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.message.CompareProvided;
import io.twinspan.registry.message.ConfigStatus;
import io.twinspan.registry.message.DutyHeld;
import io.twinspan.registry.message.FederationCall;
import io.twinspan.registry.message.FetchClientsOff;
import io.twinspan.registry.message.FetchConfigStatus;
import io.twinspan.registry.message.FetchHoldings;
import io.twinspan.registry.message.FetchPolicies;
import io.twinspan.registry.message.FetchPushBacklog;
import io.twinspan.registry.message.FetchPushSwitch;
import io.twinspan.registry.message.FetchSessionTotals;
import io.twinspan.registry.message.FetchWatchers;
import io.twinspan.registry.message.Holdings;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.OfferDuty;
import io.twinspan.registry.message.OfferProvided;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.ProvidedComparison;
import io.twinspan.registry.message.ProvidedDigest;
import io.twinspan.registry.message.ProvidedHeld;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.message.PushBacklog;
import io.twinspan.registry.message.PushSwitchCall;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SessionTotals;
import io.twinspan.registry.message.WatcherState;
import io.twinspan.registry.message.Watchers;
import io.twinspan.registry.policy.ClientsOff;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.policy.PolicyRule;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.policy.PolicyTarget;
import io.twinspan.registry.policy.ViewPolicy;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushScope;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.pushswitch.PushToken;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A message of each kind about policies and about configuration that all datacenters share. */
final class ConfigSamples {
    private static final DataInfoId SERVICE = DataInfoId.of("com.example.Orders");

    private static final FederationState FIRST =
            FederationState.NONE.next(new DatacenterId("east"), Map.of(new DatacenterId("east"), Duty.ACTIVE));
    private static final FederationState CONTESTED = FIRST.next(
                    new DatacenterId("east"), Map.of(new DatacenterId("east"), Duty.ACTIVE))
            .merge(FIRST.next(new DatacenterId("west"), Map.of(new DatacenterId("west"), Duty.ACTIVE)))
            .settled(new DatacenterId("west"), Map.of(new DatacenterId("west"), Duty.DRAINING))
            .merge(FIRST.next(new DatacenterId("north"), Map.of(new DatacenterId("west"), Duty.ACTIVE)));

    private ConfigSamples() {}

    static Stream<Request<?>> requests() {
        return Stream.of(
                new FetchPolicies(),
                new FetchClientsOff(),
                new OfferProvided(
                        new DatacenterId("east"),
                        List.of(new ProvidedValue(SERVICE, 1, "text", 4), new ProvidedValue(SERVICE, 3, null, 6))),
                new CompareProvided(-5, false, List.of(new ProvidedDigest(SERVICE, 7, -8))),
                new CompareProvided(5, true, List.of()),
                new FetchConfigStatus(SERVICE),
                new FetchWatchers(SERVICE),
                new FetchPushSwitch(),
                new FetchPushBacklog(),
                new OfferDuty(new DatacenterId("east"), FederationState.NONE),
                new OfferDuty(new DatacenterId("east"), CONTESTED),
                new FederationCall(new DatacenterId("east"), new OperatorCall("/failover/v1/plan", "to=west", "")),
                new FetchHoldings(),
                new FetchSessionTotals(),
                new PushSwitchCall(
                        new DatacenterId("east"), new OperatorCall("/push/switch/close", "datacenter=west", "{}")));
    }

    static Stream<Object> answers() {
        return Stream.of(
                PolicyTable.EMPTY,
                ClientsOff.NONE,
                new ClientsOff(
                        7,
                        Map.of("10.0.0.7", new ClientsOff.Note("disk", 1_000), "::1", new ClientsOff.Note("", 2_000))),
                new PolicyTable(
                        7,
                        List.of(
                                new PolicyRule(new PolicyTarget("west", "SOFA", "a.*"), FetchPolicy.WARM, null, null),
                                new PolicyRule(PolicyTarget.all(), null, false, ViewPolicy.ownFirst(3), true))),
                new ProvidedHeld(List.of(ProvidedDigest.none(SERVICE))),
                ProvidedComparison.EQUAL,
                new ProvidedComparison(false, List.of(new ProvidedValue(SERVICE, 3, null, 6)), List.of(SERVICE), true),
                new ConfigStatus(
                        new ProvidedDigest(SERVICE, 7, -8), List.of(new WatcherState("10.0.0.1:5", "r1", 6)), 2),
                new Watchers(List.of(new WatcherState("10.0.0.1:5", "r1", 0))),
                PushSwitch.OPEN,
                new PushSwitch(
                        7,
                        List.of(new PushToken(
                                "operator",
                                "why",
                                PushPosition.HOLD_SHRINK,
                                new PushScope("SOFA", "a.*", Set.of("10.0.0.1"), Set.of("10.0.0.2:5")),
                                1_000,
                                2_000))),
                new PushBacklog(7, 3, 2, 1),
                new DutyHeld(CONTESTED, "why"),
                new SessionTotals(5, 4, 3),
                new Holdings(
                        5,
                        4,
                        true,
                        List.of(new Holdings.OfPeer(
                                new DatacenterId("west"), "SYNCED", 3, 2, 1, 0.5, 6, List.of("a", "b")))),
                new Holdings(
                        5, 4, true, List.of(new Holdings.OfPeer(new DatacenterId("east"), "SYNCED", 3, 2, 1, -1.5))),
                new LeaseGrant(
                        true,
                        "",
                        SlotTableEpoch.NONE,
                        3,
                        4,
                        5,
                        6,
                        7,
                        8,
                        false,
                        new FederationView(
                                new DatacenterId("east"),
                                CONTESTED,
                                true,
                                Set.of(new DatacenterId("north"), new DatacenterId("west")))));
    }
}
