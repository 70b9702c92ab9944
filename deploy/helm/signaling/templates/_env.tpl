{{/* Where it is, and how many others there are: what no file that all pods share can say. */}}
{{- define "signaling.env" -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: POD_IP
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
- name: SIGNALING_CONFIG
  value: /etc/signaling/config.json
- name: SIGNALING__NODE__HOST
  value: $(POD_NAME).{{ include "signaling.nodesDomain" . }}
- name: SIGNALING__NODE__LISTENHOST
  value: $(POD_IP)
- name: SIGNALING__NODE__SEEDS
  valueFrom:
    configMapKeyRef:
      name: {{ include "signaling.fullname" . }}-cluster
      key: seeds
- name: SIGNALING__NODE__CLUSTERSIZE
  valueFrom:
    configMapKeyRef:
      name: {{ include "signaling.fullname" . }}-cluster
      key: size
{{- if .Values.adminToken.existingSecret }}
- name: SIGNALING__TOKENS__ADMINTOKENFILE
  value: /etc/signaling/admin-token/token
{{- end }}
# One heap for each core of the machine would be many: a node has no limit of CPU.
- name: DOTNET_gcServer
  value: {{ ternary "1" "0" .Values.serverGc | quote }}
# Diagnostics want a folder to write to, and let who may enter the pod look into the process' memory.
- name: DOTNET_EnableDiagnostics
  value: {{ ternary "1" "0" .Values.diagnostics.enabled | quote }}
{{- with .Values.gcHeapPercent }}
# Read as a hexadecimal number.
- name: DOTNET_GCHeapHardLimitPercent
  value: {{ printf "%x" (int .) | quote }}
{{- end }}
{{- with .Values.extraEnv }}
{{ tpl (toYaml .) $ }}
{{- end }}
{{- end -}}
