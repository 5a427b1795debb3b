package io.twinspan.registry.sync.kafka;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.sync.kafka.wire.ChangedDatum;
import java.util.List;

/** Datums as they are named in records. */
final class EntryForms {
    private EntryForms() {}

    static List<ChangedDatum> forms(List<DigestEntry> entries) {
        return entries.stream().map(EntryForms::form).toList();
    }

    /** @throws IllegalArgumentException when one of them is none */
    static List<DigestEntry> entries(List<ChangedDatum> forms) {
        return forms.stream().map(EntryForms::entry).toList();
    }

    private static ChangedDatum form(DigestEntry entry) {
        DataInfoId id = entry.id();
        return ChangedDatum.newBuilder()
                .setDataId(id.dataId())
                .setInstanceId(orEmpty(id.instanceId(), DataInfoId.DEFAULT_INSTANCE_ID))
                .setGroup(orEmpty(id.group(), DataInfoId.DEFAULT_GROUP))
                .setVersion(entry.version().value())
                .setCount(entry.count())
                .setContentHash(entry.contentHash())
                .build();
    }

    private static DigestEntry entry(ChangedDatum form) {
        DataInfoId id = new DataInfoId(
                form.getDataId(),
                orDefault(form.getInstanceId(), DataInfoId.DEFAULT_INSTANCE_ID),
                orDefault(form.getGroup(), DataInfoId.DEFAULT_GROUP));
        return new DigestEntry(id, new DatumVersion(form.getVersion()), form.getCount(), form.getContentHash());
    }

    private static String orEmpty(String value, String usual) {
        return value.equals(usual) ? "" : value;
    }

    private static String orDefault(String value, String usual) {
        return value.isEmpty() ? usual : value;
    }
}
