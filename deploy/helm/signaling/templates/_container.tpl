{{/* The node itself. Kubernetes asks it about its health by its internal port, and nobody else of it there. */}}
{{- define "signaling.container" -}}
- name: signaling
  image: {{ include "signaling.image" . }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  command: ["/app/Signaling.Gateway"]
  {{- with .Values.securityContext }}
  securityContext:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  env:
    {{- include "signaling.env" . | nindent 4 }}
  {{- with .Values.extraEnvFrom }}
  envFrom:
    {{- tpl (toYaml .) $ | nindent 4 }}
  {{- end }}
  ports:
    {{- if .Values.http.enabled }}
    - name: http
      containerPort: 8080
      protocol: TCP
    {{- end }}
    {{- if .Values.tls.enabled }}
    - name: https
      containerPort: 8443
      protocol: TCP
    {{- end }}
    - name: internal
      containerPort: 9000
      protocol: TCP
    - name: cluster
      containerPort: 4053
      protocol: TCP
  {{- include "signaling.probes" . | nindent 2 }}
  # Drains before Kubernetes says SIGTERM. It is no shell: the image has none.
  lifecycle:
    preStop:
      exec:
        command: ["/app/Signaling.Gateway", "pre-stop"]
  {{- with .Values.resources }}
  resources:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  volumeMounts:
    {{- include "signaling.volumeMounts" . | nindent 4 }}
{{- end -}}

{{/*
Has it started: it may take joinTimeout to join, and says itself why it could not. Does it live: asks nobody else. Is it
ready: may peers be sent to it.
*/}}
{{- define "signaling.probes" -}}
startupProbe:
  httpGet:
    path: /health/started
    port: internal
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: {{ div (add (int .Values.cluster.joinTimeoutSeconds) 31) 2 }}
livenessProbe:
  httpGet:
    path: /health/live
    port: internal
  {{- toYaml .Values.livenessProbe | nindent 2 }}
readinessProbe:
  httpGet:
    path: /health/ready
    port: internal
  {{- toYaml .Values.readinessProbe | nindent 2 }}
{{- end -}}
