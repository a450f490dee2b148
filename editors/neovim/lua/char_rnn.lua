-- Char-RNN in Neovim: starts the language server, and shows its suggestions as ghost text behind the cursor.
--
-- Neovim 0.12 shows inline completions itself (vim.lsp.inline_completion). For 0.11 this file does it, with virtual text.

local M = {}

local NAME = 'char_rnn'
local METHOD = 'textDocument/inlineCompletion'
local INVOKED, AUTOMATIC = 1, 2
local namespace = vim.api.nvim_create_namespace(NAME)

---@class char_rnn.Shown
---@field buffer integer
---@field client vim.lsp.Client
---@field items table[] lsp.InlineCompletionItem, the best first
---@field index integer of the item that is on screen
---@field row integer 0-based, of the cursor for which it was asked
---@field column integer in bytes

---@type char_rnn.Shown?
local shown
---@type fun()? cancels the request that is under way
local cancel

---@return vim.lsp.Client?
local function client_of(buffer)
  return vim.lsp.get_clients({ name = NAME, bufnr = buffer })[1]
end

---@return boolean
local function is_native()
  return vim.lsp.inline_completion ~= nil
end

local function clear()
  if cancel then
    cancel()
    cancel = nil
  end
  if shown and vim.api.nvim_buf_is_valid(shown.buffer) then
    vim.api.nvim_buf_clear_namespace(shown.buffer, namespace, 0, -1)
  end
  shown = nil
end

---@return string text that the item inserts behind the cursor, with the line ends of a buffer whatever its file's
local function behind_cursor(item)
  local text = type(item.insertText) == 'table' and item.insertText.value or item.insertText
  local typed = 0
  if item.range then
    local line = vim.api.nvim_buf_get_lines(shown.buffer, shown.row, shown.row + 1, false)[1] or ''
    local start = vim.str_byteindex(line, shown.client.offset_encoding, item.range.start.character, false)
    typed = shown.column - start
  end
  return (text:sub(typed + 1):gsub('\r\n', '\n'))
end

local function draw()
  local lines = vim.split(behind_cursor(shown.items[shown.index]), '\n', { plain = true })
  local below = {}
  for at = 2, #lines do
    below[#below + 1] = { { lines[at], 'ComplHint' } }
  end
  vim.api.nvim_buf_clear_namespace(shown.buffer, namespace, 0, -1)
  vim.api.nvim_buf_set_extmark(shown.buffer, namespace, shown.row, shown.column, {
    virt_text = { { lines[1], 'ComplHint' } },
    virt_text_pos = 'inline',
    virt_lines = #below > 0 and below or nil,
    hl_mode = 'combine',
  })
end

--- Asks for suggestions at the cursor, and shows the first.
---@param trigger integer INVOKED or AUTOMATIC
local function ask(trigger)
  clear()
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  if not client then
    return
  end
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  params.context = { triggerKind = trigger }
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local version = vim.api.nvim_buf_get_changedtick(buffer)
  local _, id = client:request(METHOD, params, function(failure, result)
    cancel = nil
    local items = result and (result.items or result) or {}
    if failure or #items == 0 or not vim.startswith(vim.api.nvim_get_mode().mode, 'i') then
      return
    end
    if vim.api.nvim_get_current_buf() ~= buffer or vim.api.nvim_buf_get_changedtick(buffer) ~= version then
      return
    end
    shown = { buffer = buffer, client = client, items = items, index = 1, row = row - 1, column = column }
    draw()
  end, buffer)
  cancel = id and function()
    client:cancel_request(id)
  end
end

--- Inserts `text` at the cursor, which goes behind it.
local function insert(text)
  local row, column = shown.row, shown.column
  local lines = vim.split(text, '\n', { plain = true })
  vim.api.nvim_buf_set_text(shown.buffer, row, column, row, column, lines)
  local last = #lines[#lines] + (#lines == 1 and column or 0)
  clear()
  vim.api.nvim_win_set_cursor(0, { row + #lines, last })
end

---@param part fun(text: string): string what of the text is taken
---@return boolean whether there was something to take
local function take(part)
  if not shown then
    return false
  end
  insert(part(behind_cursor(shown.items[shown.index])))
  return true
end

--- Takes the suggestion on screen. Returns false where there is none, so that the key can do what it does otherwise.
--- Not for mappings that are expressions, which must not change text.
function M.accept()
  if is_native() then
    return vim.lsp.inline_completion.get()
  end
  return take(function(text)
    return text
  end)
end

--- Takes the next word of the suggestion. Neovim 0.12 has no function for it and takes all.
function M.accept_word()
  if is_native() then
    return vim.lsp.inline_completion.get()
  end
  return take(function(text)
    return text:match('^%s*[%w_\128-\255]+') or text:match('^%s*%S') or text
  end)
end

--- Asks for suggestions at once, more of them and less certain ones; pressed again, shows the next.
function M.next()
  if is_native() then
    vim.lsp.inline_completion.select()
  elseif shown and #shown.items > 1 then
    shown.index = shown.index % #shown.items + 1
    draw()
  else
    ask(INVOKED)
  end
end

--- Hides the suggestion on screen. Returns false where there is none.
function M.dismiss()
  if is_native() or not shown then
    return false
  end
  clear()
  return true
end

local function follow_typing()
  local group = vim.api.nvim_create_augroup(NAME, {})
  vim.api.nvim_create_autocmd({ 'TextChangedI' }, {
    group = group,
    callback = function()
      ask(AUTOMATIC)
    end,
  })
  vim.api.nvim_create_autocmd({ 'CursorMovedI' }, {
    group = group,
    callback = function()
      local row, column = unpack(vim.api.nvim_win_get_cursor(0))
      if shown and (row - 1 ~= shown.row or column ~= shown.column) then
        clear()
      end
    end,
  })
  vim.api.nvim_create_autocmd({ 'InsertLeave', 'BufLeave' }, { group = group, callback = clear })
end

--- The folder that is read: the repository of the file, else the one Neovim was started in, unless that is the home
--- folder, which nobody means to have read as a whole.
---@param buffer integer
---@param found fun(root: string?)
local function root_of(buffer, found)
  local root = vim.fs.root(buffer, '.git')
  if not root then
    local current = vim.fs.normalize(vim.fn.getcwd())
    if current == vim.fs.normalize('~') then
      vim.notify_once('Char-RNN does not read the whole home folder; start Neovim in the folder of a project.')
    else
      root = current
    end
  end
  found(root)
end

--- Runs a command of the server, such as `train` with `{ minutes = 5 }`; `done` gets what it answers.
---@param name string
---@param argument table?
---@param done fun(result: any)?
function M.execute(name, argument, done)
  local client = client_of(0) or vim.lsp.get_clients({ name = NAME })[1]
  if not client then
    vim.notify('Char-RNN does not run here; open a file first.', vim.log.levels.WARN)
    return
  end
  local params = { command = 'charRnn.' .. name, arguments = { argument or vim.empty_dict() } }
  client:request('workspace/executeCommand', params, function(failure, result)
    if failure then
      vim.notify(failure.message, vim.log.levels.ERROR)
    elseif done then
      done(result)
    end
  end)
end

local COMMANDS = {
  train = function(minutes)
    M.execute('train', { minutes = tonumber(minutes) }, function(result)
      vim.notify(('Char-RNN trained for %d steps and suggests as you type.'):format(result.steps))
    end)
  end,
  stop = function()
    M.execute('stopTraining')
  end,
  delete = function()
    M.execute('deleteModel')
  end,
  sample = function(length)
    M.execute('sample', { length = tonumber(length) }, function(result)
      vim.cmd.new()
      vim.bo.buftype = 'nofile'
      vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(result.text, '\n', { plain = true }))
    end)
  end,
}

---@class char_rnn.Options
---@field cmd string[]? the server
---@field settings table? as in VS Code, without `charRnn`: { suggestions = { eagerness = 'calm' } }
---@field keys table<string, string>|false? keys in insert mode by accept, accept_word, next and dismiss

local KEYS = { accept = '<Tab>', accept_word = '<M-Right>', next = '<M-]>', dismiss = '<C-]>' }

--- Starts Char-RNN in every file from now on.
---@param options char_rnn.Options?
function M.setup(options)
  options = options or {}
  local settings = { charRnn = options.settings or vim.empty_dict() }
  vim.lsp.config(NAME, {
    cmd = options.cmd or { 'char-rnn', 'lsp', '--stdio' },
    root_dir = root_of,
    init_options = settings,
    settings = settings,
  })
  vim.lsp.enable(NAME)
  if is_native() then
    vim.lsp.inline_completion.enable(true)
  else
    follow_typing()
  end
  vim.api.nvim_set_hl(0, 'ComplHint', { link = 'NonText', default = true })
  if options.keys ~= false then
    for name, key in pairs(vim.tbl_extend('force', KEYS, options.keys or {})) do
      vim.keymap.set('i', key, function()
        -- Before the keys that were typed behind it.
        if M[name]() == false then
          vim.api.nvim_feedkeys(vim.keycode(key), 'ni', false)
        end
      end, { desc = 'Char-RNN: ' .. name })
    end
  end
  vim.api.nvim_create_user_command('CharRnn', function(given)
    local run = COMMANDS[given.fargs[1]]
    if run then
      run(given.fargs[2])
    else
      vim.notify('There is no :CharRnn ' .. (given.fargs[1] or '') .. '; there are train, stop, delete and sample.')
    end
  end, {
    nargs = '+',
    complete = function()
      return vim.tbl_keys(COMMANDS)
    end,
  })
end

return M
