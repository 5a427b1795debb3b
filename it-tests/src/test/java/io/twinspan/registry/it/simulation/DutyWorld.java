package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.Seed;
import io.twinspan.registry.simulation.SimulatedNetwork;
import io.twinspan.registry.simulation.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Two or three datacenters of three metas and one node each, which have nothing to do but to know who is on duty. */
final class DutyWorld {
    static final List<String> NAMES = List.of("east", "west", "north");
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration ASKING = Duration.ofSeconds(4);

    final ManualClock time = new ManualClock();
    final Random random;
    final SimulatedNetwork network;
    final PlantedDuty planted;
    final OneActiveAnEpoch check;
    final List<DutySite> sites = new ArrayList<>();
    private int operators;

    DutyWorld(Seed seed, PlantedDuty planted) {
        this.random = seed.random("duty");
        this.network = new SimulatedNetwork(time, seed.random("network"));
        this.planted = planted;
        this.check = new OneActiveAnEpoch();
        network.tap(check);
        network.tap(planted.tap());
        network.tap(new SimulatedNetwork.Tap() {
            @Override
            public <R> void onAnswered(Endpoint by, Caller to, Request<R> request, R answer) {
                FederationView told = answer instanceof LeaseGrant grant ? grant.federation() : null;
                for (DutySite site : sites) {
                    if (told != null && site.node().name().equals(to.node().value())) {
                        site.node().hear(told);
                    }
                }
            }
        });
        List<DatacenterId> names = NAMES.subList(0, 2 + random.nextInt(2)).stream()
                .map(DatacenterId::new)
                .toList();
        names.forEach(own -> sites.add(new DutySite(this, own, names)));
        sites.forEach(DutySite::start);
    }

    /** Lets time pass, and looks at what every node knows. */
    void pass(Duration span) {
        for (Duration passed = Duration.ZERO; passed.compareTo(span) < 0; passed = passed.plus(STEP)) {
            time.advance(STEP);
            sites.forEach(site -> check.look(site.node()));
        }
    }

    /** Nothing gets from one datacenter to another any more, in one direction. */
    void cut(DutySite from, DutySite to) {
        from.processes().forEach(a -> to.processes().forEach(b -> network.cut(a, b)));
    }

    /** An operator asks a meta of a datacenter; empty when it does not answer. */
    String ask(DutySite site, String path, String body) {
        String name = site.own() + "-operator-" + operators++;
        SimulatedProcess process = new SimulatedProcess(name, time, Duration.ZERO);
        List<OperatorAnswer> answers = new ArrayList<>();
        Endpoint meta = site.metas(NodePort.META_FOR_META).get(random.nextInt(DutySite.METAS));
        network.as(process, new Caller(site.own(), new NodeId(name), NodeRole.SESSION))
                .call(meta, new OperatorCall(path, "", body), ASKING)
                .thenAccept(answers::add);
        pass(ASKING);
        return answers.isEmpty()
                ? ""
                : answers.get(0).status() + " " + answers.get(0).body();
    }
}
