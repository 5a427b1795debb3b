package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.Invariant;
import io.twinspan.registry.simulation.SimulatedNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** D12: one version names one content for ever; looks at every answer that travels. */
final class OneVersionOneContent implements SimulatedNetwork.Tap, Invariant<SimulatedWorld> {
    private record Name(DatacenterId datacenter, DataInfoId id, DatumVersion version) {}

    private final Coverage coverage;
    private final Map<Name, Integer> contents = new HashMap<>();
    private final List<String> found = new ArrayList<>();

    OneVersionOneContent(Coverage coverage) {
        this.coverage = coverage;
    }

    @Override
    public <R> R onAnswer(Caller to, Request<R> request, R answer) {
        if (answer instanceof DatumAnswers answers) {
            answers.answers().forEach(this::look);
        }
        return answer;
    }

    @Override
    public List<String> violations(SimulatedWorld world) {
        List<String> now = List.copyOf(found);
        found.clear();
        return now;
    }

    private void look(DatumAnswer answer) {
        Datum datum = answer.datum();
        if (answer.version().equals(DatumVersion.NONE)
                || (datum == null && answer.status() != DatumAnswer.Status.EMPTY)) {
            return;
        }
        int hash = datum == null ? 0 : datum.contentHash();
        Name name = new Name(answer.datacenter(), answer.id(), answer.version());
        Integer known = contents.putIfAbsent(name, hash);
        if (known != null) {
            coverage.checked("D12");
        }
        if (known != null && known != hash) {
            found.add("D12 " + name + " names two contents");
        }
    }
}
