;;; char-rnn.el --- Local suggestions of Char-RNN as ghost text -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1") (lsp-mode "8.0.0"))
;; Keywords: convenience

;;; Commentary:

;; Registers the language server of Char-RNN with lsp-mode, in addition to other servers, and shows its inline completions as
;; ghost text while `char-rnn-mode' is on.  Versions of lsp-mode that have `lsp-inline-completion-mode' can show them
;; by themselves; the server is the same.

;;; Code:

(require 'lsp-mode)

(defgroup char-rnn nil
  "Local suggestions of Char-RNN."
  :group 'lsp-mode)

(defcustom char-rnn-command '("char-rnn" "lsp" "--stdio")
  "Program and arguments of the language server."
  :type '(repeat string))

(defcustom char-rnn-settings nil
  "Settings as in VS Code, without `charRnn', as a property list.
For example (:suggestions (:eagerness \"calm\"))."
  :type 'sexp)

(defcustom char-rnn-delay 0.05
  "Seconds without a key after which a suggestion is asked for."
  :type 'number)

(defface char-rnn-ghost-text '((t :inherit shadow))
  "Face of suggestions.")

(defun char-rnn--settings ()
  "The settings as the server reads them."
  (list :charRnn (or char-rnn-settings (make-hash-table))))

(lsp-register-client
 (make-lsp-client
  :new-connection (lsp-stdio-connection (lambda () char-rnn-command))
  :activation-fn (lambda (&rest _) t)
  :priority -2
  :add-on? t
  :server-id 'char-rnn
  :initialization-options #'char-rnn--settings))

(defvar-local char-rnn--overlay nil "Shows the suggestion.")
(defvar-local char-rnn--texts nil "Texts behind the cursor, the one on screen first.")
(defvar-local char-rnn--timer nil "Asks for a suggestion after a pause.")
(defvar-local char-rnn--has-changed nil "Whether the last command changed the buffer.")

(defconst char-rnn--invoked 1 "Trigger kind of suggestions that were asked for.")
(defconst char-rnn--automatic 2 "Trigger kind of suggestions while typing.")

(defun char-rnn--workspace ()
  "The workspace of the server in this buffer, if it runs."
  (seq-find (lambda (workspace)
              (eq 'char-rnn (lsp--client-server-id (lsp--workspace-client workspace))))
            lsp--buffer-workspaces))

(defun char-rnn--send (method parameters callback)
  "Send METHOD with PARAMETERS to the server; CALLBACK gets the answer.
Nothing happens where the server does not run."
  (when-let ((workspace (char-rnn--workspace)))
    (with-lsp-workspace workspace
      (lsp-request-async method parameters callback
                         :mode 'detached
                         :error-handler (lambda (failure)
                                          (message "%s" (lsp-get failure :message)))))))

(defun char-rnn-clear ()
  "Hide the suggestion."
  (interactive)
  (when char-rnn--overlay
    (delete-overlay char-rnn--overlay))
  (setq char-rnn--overlay nil
        char-rnn--texts nil))

(defun char-rnn--draw ()
  "Show the first of the texts at the cursor."
  (let ((text (propertize (car char-rnn--texts) 'face 'char-rnn-ghost-text)))
    (put-text-property 0 1 'cursor t text)
    (unless char-rnn--overlay
      (setq char-rnn--overlay (make-overlay (point) (point) nil t t)))
    (overlay-put char-rnn--overlay 'after-string text)))

(defun char-rnn--behind-cursor (item)
  "The part of ITEM that stands behind the cursor."
  (let* ((range (lsp-get item :range))
         (start (if range (lsp--position-to-point (lsp-get range :start)) (point))))
    (substring (lsp-get item :insertText) (- (point) start))))

(defun char-rnn--show (buffer position tick items)
  "Show ITEMS in BUFFER unless the cursor left POSITION or its TICK has changed."
  (when (buffer-live-p buffer)
    (with-current-buffer buffer
      (when (and (= position (point)) (= tick (buffer-chars-modified-tick)))
        (char-rnn-clear)
        (setq char-rnn--texts (mapcar #'char-rnn--behind-cursor items))
        (when char-rnn--texts
          (char-rnn--draw))))))

(defun char-rnn--ask (trigger)
  "Ask for suggestions at the cursor.
TRIGGER is the protocol's trigger kind."
  (let ((buffer (current-buffer))
        (position (point))
        (tick (buffer-chars-modified-tick)))
    (char-rnn--send "textDocument/inlineCompletion"
                    (append (lsp--text-document-position-params)
                            (list :context (list :triggerKind trigger)))
                    (lambda (items) (char-rnn--show buffer position tick (append items nil))))))

(defun char-rnn-suggest ()
  "Ask for suggestions at once; asked again, show the next one."
  (interactive)
  (if (cdr char-rnn--texts)
      (progn
        (setq char-rnn--texts (append (cdr char-rnn--texts) (list (car char-rnn--texts))))
        (char-rnn--draw))
    (char-rnn--ask char-rnn--invoked)))

(defun char-rnn-accept ()
  "Insert the suggestion on screen."
  (interactive)
  (when-let ((text (car char-rnn--texts)))
    (char-rnn-clear)
    (insert text)))

(defun char-rnn-accept-word ()
  "Insert the next word of the suggestion on screen."
  (interactive)
  (when-let ((text (car char-rnn--texts)))
    (char-rnn-clear)
    (insert (if (string-match "\\`[[:space:]]*\\(?:[[:word:]_]+\\|[^[:space:]]\\)" text)
                (match-string 0 text)
              text))))

(defun char-rnn--after-command ()
  "Follow what was typed."
  (unless (memq this-command '(char-rnn-suggest char-rnn-clear))
    (when char-rnn--timer
      (cancel-timer char-rnn--timer)
      (setq char-rnn--timer nil))
    (when (or (null char-rnn--overlay) (/= (point) (overlay-start char-rnn--overlay)) char-rnn--has-changed)
      (char-rnn-clear))
    (when char-rnn--has-changed
      (setq char-rnn--has-changed nil)
      (let ((buffer (current-buffer)))
        (setq char-rnn--timer
              (run-with-timer char-rnn-delay nil
                              (lambda ()
                                (when (eq buffer (current-buffer))
                                  (char-rnn--ask char-rnn--automatic)))))))))

(defun char-rnn--after-change (&rest _)
  "Remember that the buffer changed."
  (setq char-rnn--has-changed t))

(defvar char-rnn-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map [tab]
                '(menu-item "" char-rnn-accept :filter (lambda (command) (and char-rnn--texts command))))
    (define-key map (kbd "TAB")
                '(menu-item "" char-rnn-accept :filter (lambda (command) (and char-rnn--texts command))))
    (define-key map (kbd "M-<right>")
                '(menu-item "" char-rnn-accept-word :filter (lambda (command) (and char-rnn--texts command))))
    (define-key map (kbd "C-c C-/") #'char-rnn-suggest)
    map)
  "Keys of `char-rnn-mode'; all but the last only while there is a suggestion.")

;;;###autoload
(define-minor-mode char-rnn-mode
  "Show suggestions of Char-RNN as ghost text while typing."
  :lighter " CharRNN"
  (if char-rnn-mode
      (progn
        (add-hook 'post-command-hook #'char-rnn--after-command nil t)
        (add-hook 'after-change-functions #'char-rnn--after-change nil t))
    (remove-hook 'post-command-hook #'char-rnn--after-command t)
    (remove-hook 'after-change-functions #'char-rnn--after-change t)
    (char-rnn-clear)))

(defun char-rnn--execute (command argument callback)
  "Run COMMAND of the server with ARGUMENT; CALLBACK gets what it answers."
  (unless (char-rnn--workspace)
    (user-error "Char-RNN does not run here; start lsp in a file first"))
  (char-rnn--send "workspace/executeCommand"
                  (list :command command :arguments (vector (or argument (make-hash-table))))
                  callback))

(defun char-rnn-train (minutes)
  "Train on the workspace for MINUTES."
  (interactive "nMinutes: ")
  (char-rnn--execute "charRnn.train" (list :minutes minutes)
                     (lambda (done) (message "Char-RNN trained to step %d." (lsp-get done :steps)))))

(defun char-rnn-stop-training ()
  "Stop the training under way; what was learnt is kept."
  (interactive)
  (char-rnn--execute "charRnn.stopTraining" nil #'ignore))

(defun char-rnn-delete-model ()
  "Delete the model of the workspace."
  (interactive)
  (when (yes-or-no-p "Delete what Char-RNN has learnt of this workspace? ")
    (char-rnn--execute "charRnn.deleteModel" nil (lambda (_) (message "The model was deleted.")))))

(provide 'char-rnn)
;;; char-rnn.el ends here
