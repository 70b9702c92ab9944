{{/* The fewest pods that there may be, and that start together. */}}
{{- define "signaling.fewestPods" -}}
{{- if .Values.autoscaling.enabled -}}
{{- int .Values.autoscaling.minReplicas -}}
{{- else -}}
{{- int .Values.replicas -}}
{{- end -}}
{{- end -}}

{{- define "signaling.mostPods" -}}
{{- if .Values.autoscaling.enabled -}}
{{- int .Values.autoscaling.maxReplicas -}}
{{- else -}}
{{- int .Values.replicas -}}
{{- end -}}
{{- end -}}

{{/* signaling.node.clusterSize: what a majority is counted of. */}}
{{- define "signaling.clusterSize" -}}
{{- int (default (include "signaling.mostPods" .) .Values.cluster.size) -}}
{{- end -}}

{{- define "signaling.majority" -}}
{{- add1 (div (int (include "signaling.clusterSize" .)) 2) -}}
{{- end -}}

{{/* signaling.node.seeds: the first pods, three at most, in the same order for all. */}}
{{- define "signaling.seeds" -}}
{{- $seeds := list -}}
{{- range $ordinal := until (int (min 3 (int (include "signaling.clusterSize" .)))) -}}
{{- $seeds = append $seeds (printf "%s-%d.%s:4053" (include "signaling.fullname" $) $ordinal (include "signaling.nodesDomain" $)) -}}
{{- end -}}
{{- join "," $seeds -}}
{{- end -}}

{{/*
spec.replicas, or nothing where an autoscaler decides: a number here would undo what it did. But to leave the field out of a
StatefulSet that has it sets it to 1, so that all nodes but one would stop at once; hence an upgrade repeats what is there.
*/}}
{{- define "signaling.replicas" -}}
{{- if not .Values.autoscaling.enabled -}}
{{- int .Values.replicas -}}
{{- else -}}
{{- with lookup "apps/v1" "StatefulSet" (include "signaling.namespace" .) (include "signaling.fullname" .) -}}
{{- max (int .spec.replicas) (int $.Values.autoscaling.minReplicas) -}}
{{- end -}}
{{- end -}}
{{- end -}}
